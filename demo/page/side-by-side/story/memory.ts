import type { Way } from '../../ways/way.js'
import type { Result } from './result.js'
import type { Step } from './step.js'

const KEY = 'lab.story'

/** What outlives a reload of this tab: what has happened, and what is still to be done. No secret is in it. */
export interface Memory {
  result(step: Step, way: Way): Result | undefined
  keep(step: Step, way: Way, result: Result): void
  /** What is to be done after the reload; asked once. */
  pending(): readonly Step[] | undefined
  leave(pending: readonly Step[]): void
  /** The cell that was looked at. */
  chosen(): readonly [step: Step, way: string] | undefined
  choose(step: Step, way: Way): void
  forget(): void
}

interface Kept {
  results: Record<string, Result>
  pending?: readonly Step[]
  chosen?: readonly [step: Step, way: string]
}

export function createMemory(): Memory {
  let kept = read()
  const write = (change: Partial<Kept>) => {
    kept = { ...kept, ...change }
    sessionStorage.setItem(KEY, JSON.stringify(kept))
  }
  return {
    result: (step, { id }) => kept.results[`${step}/${id}`],
    keep: (step, { id }, result) => write({ results: { ...kept.results, [`${step}/${id}`]: result } }),
    pending() {
      const { pending, ...rest } = kept
      kept = rest
      write({})
      return pending
    },
    leave: (pending) => write({ pending }),
    chosen: () => kept.chosen,
    choose: (step, { id }) => write({ chosen: [step, id] }),
    forget() {
      kept = { results: {} }
      sessionStorage.removeItem(KEY)
    },
  }
}

function read(): Kept {
  return JSON.parse(sessionStorage.getItem(KEY) ?? '{"results":{}}')
}
