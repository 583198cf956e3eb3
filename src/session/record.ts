import { abort, answerOf, commit, inTransaction } from '../database.js'
import { own } from '../options.js'
import type { SignOutReason, StrategyContext } from '../types.js'
import { inTime } from '../unless-aborted.js'

/** What all tabs know of the newest credential: which one it is, and what became of it. No secret is in here. */
export interface Generation {
  /** Its number; 0 where nobody has said. */
  readonly generation: number
  /** It is where not every tab can see it: in one tab alone, or with a strategy that an older version does not know. */
  readonly isElsewhere?: boolean | undefined
  /** Why there is none any more. */
  readonly ended?: SignOutReason | undefined
  /** When an attempt to renew it began that has not ended, in milliseconds since the epoch. */
  readonly begunAt?: number | undefined
  /** An attempt's answer was lost, so the refresh token may be spent. */
  readonly isLost?: boolean | undefined
  /** When the last attempt failed, and how many milliseconds to wait from then on. */
  readonly failedAt?: number | undefined
  readonly waitMs?: number | undefined
}

export interface OpenRecord {
  found: Generation
  /** Aborted when the page was left meanwhile: other tabs may have gone on without it. */
  left: AbortSignal
  /** Resolves when it is back. */
  back: Promise<unknown>
  /** Resolves when it is noted, or can't be. */
  close(next: Generation | undefined): Promise<unknown>
}

/** A transaction that all tabs wait for. It would end when nothing is asked of it, so it is asked until closed. */
export function openRecord(context: StrategyContext): Promise<OpenRecord> {
  const { key, timeoutSeconds = 2 } = context
  return inTransaction('generations', 'readwrite', context, async (records, left) => {
    const { transaction } = records
    const over = new Promise((done) => {
      transaction.oncomplete = transaction.onabort = done
    })
    const back = new Promise((resolve) => {
      left.onabort = () =>
        globalThis.addEventListener('pageshow', resolve, own({ once: true, capture: true }))
    })
    const found = await answerOf<Generation>(records.get(key))
    let end: (() => void) | undefined
    const stay = () => {
      if (end) end()
      else records.get(key).onsuccess = stay
    }
    stay()
    return {
      found,
      left,
      back,
      close(next) {
        end = () => {
          try {
            if (next) records.put(next, key)
            commit(transaction)
          } catch {
            abort(transaction)
          }
        }
        // What can't be noted in time is not: the store is newer than the ledger then.
        return inTime(timeoutSeconds, () => over).catch(() => abort(transaction))
      },
    }
  })
}
