import { setTimeout as sleep } from 'node:timers/promises'
import type { Kept } from './kept.js'

/** For how long what was spent may be spent again, if nobody was told what came of it. */
const GRACE_MS = 60_000
/** How long whoever has spent it is given to answer. */
const PATIENCE_MS = 2_000
const PAUSE_MS = 50
const ANSWERED = 0

/** Things that can be spent once, and again only where the answer to the first never went out. */
export interface Spending {
  /** Whether it may be spent now. */
  begin(hash: string): Promise<boolean>
  /** The answer has gone out. */
  end(hash: string): Promise<void>
}

/** @param spent when each was spent, in milliseconds since the epoch */
export function createSpending(spent: Kept<number>): Spending {
  /** A server that was lost says no more; one that is about to answer is waited for. */
  const isUnanswered = async (hash: string): Promise<boolean> => {
    for (;;) {
      const ageMs = Date.now() - ((await spent.get(hash)) ?? ANSWERED)
      if (ageMs > GRACE_MS) return false
      if (ageMs > PATIENCE_MS) return true
      await sleep(PAUSE_MS)
    }
  }
  return {
    begin: async (hash) => (await spent.add(hash, Date.now())) || isUnanswered(hash),
    end: (hash) => spent.set(hash, ANSWERED),
  }
}
