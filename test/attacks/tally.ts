import type { TestContext } from 'vitest'
import type { KindName } from './kinds.js'

/** What the cases of one test came to. `npm run attacks` adds them up by kind and engine. */
export interface Tally {
  kind: KindName
  cases: number
  leaked: number
  nativeWouldLeak: number
}

declare module 'vitest' {
  interface TaskMeta {
    attack?: Tally
  }
}

/** What came of one case. */
export interface Outcome {
  /** Whether a credential went where it does not belong. */
  leaked: boolean
  /** Whether it would have with the usual check or without any: so the suite is seen to bite. */
  nativeWouldLeak: boolean
}

/** Counts the cases of a test; what was counted is kept with the test's result. */
export function tally({ task }: Pick<TestContext, 'task'>, kind: KindName): (outcome: Outcome) => Tally {
  const counted: Tally = { kind, cases: 0, leaked: 0, nativeWouldLeak: 0 }
  task.meta.attack = counted
  return ({ leaked, nativeWouldLeak }) => {
    counted.cases += 1
    counted.leaked += Number(leaked)
    counted.nativeWouldLeak += Number(nativeWouldLeak)
    return counted
  }
}
