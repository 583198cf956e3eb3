import type { Keeper } from '../../ways/keeper.js'
import type { Way } from '../../ways/way.js'
import type { Hearing } from './hearing.js'
import type { Memory } from './memory.js'
import { plays } from './plays.js'
import { bad, type Result } from './result.js'
import { codeOf, createStage } from './stage.js'
import { isOwnStep, type OwnStep, type Step, unfit } from './step.js'

export interface RunnerParts {
  readonly keepers: readonly Keeper[]
  readonly hearing: Hearing
  readonly memory: Memory
  begun(step: Step, way: Way): void
  ended(step: Step, way: Way, result: Result): void
}

/** Plays steps in all ways, one after the other, so that the server's log can be told apart. */
export interface Runner {
  run(steps: readonly OwnStep[]): Promise<void>
  /** Goes on after a reload, and resolves to what was still to be done then. */
  resume(): Promise<readonly Step[] | undefined>
  /** Signs in wherever nobody is signed in. */
  prepare(): Promise<void>
}

export function createRunner(parts: RunnerParts): Runner {
  const { keepers, memory } = parts
  const prepare = async () => {
    for (const keeper of keepers) await signedIn(parts, keeper)
  }
  const everywhere = async (step: OwnStep) => {
    for (const keeper of keepers) await play(parts, step, keeper)
  }
  const run = async ([step, ...rest]: readonly OwnStep[]): Promise<void> => {
    if (!step) return
    if (step === 'reload') {
      await prepare()
      memory.leave(rest)
      location.reload()
      // What comes next is for the page that is loaded now.
      return new Promise(() => undefined)
    }
    await everywhere(step)
    return run(rest)
  }
  const resume = async () => {
    const rest = memory.pending()
    if (!rest) return undefined
    await everywhere('reload')
    await run(rest.filter(isOwnStep))
    return rest
  }
  return { run, resume, prepare }
}

async function play(parts: RunnerParts, step: OwnStep, keeper: Keeper): Promise<void> {
  const { hearing, begun, ended } = parts
  const { way } = keeper
  if (unfit(step, way)) return
  if (step !== 'signIn' && step !== 'reload') await signedIn(parts, keeper)
  begun(step, way)
  // What was told since the page was loaded belongs to the reload.
  if (step !== 'reload') hearing.take(way)
  const stage = createStage(keeper, hearing)
  const ending = await plays[step](stage).catch((error: unknown) => bad('failed', { code: codeOf(error) }))
  ended(step, way, { ...ending, acts: stage.acts })
}

async function signedIn(parts: RunnerParts, keeper: Keeper): Promise<void> {
  const { status } = await keeper.latchkey.ready()
  if (status === 'signed-out') await play(parts, 'signIn', keeper)
}
