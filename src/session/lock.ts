import { own } from '../options.js'

export interface LockOptions {
  /** What all tabs call it: it names no credential. */
  key: string
  locks?: Pick<LockManager, 'request'> | undefined
  /** Whether there are other tabs with the same credential. */
  isShared: () => boolean
  refreshTimeoutSeconds: number
}

/**
 * Does the work when no other tab does its own: waits for that, or resolves to `undefined` if it should not
 * wait, and once there is no need of it. The work is told whether it is really alone.
 */
export type Hold = <R>(
  ifAvailable: boolean,
  needless: AbortSignal,
  work: (isAlone: boolean) => Promise<R>,
) => Promise<R | undefined>

/** A Web Lock, which the browser gives on when a tab is closed, navigates or crashes. */
export function createHold({ key, locks, isShared, refreshTimeoutSeconds }: LockOptions): Hold {
  return (ifAvailable, needless, work) => {
    const manager = isShared() && (locks ?? globalThis.navigator?.locks)
    // Plain http of another host has none: then the attempt that is noted in the ledger is a lease.
    if (!manager) return work(false)
    return new Promise((resolve, reject) => {
      const limit = AbortSignal.timeout(refreshTimeoutSeconds * 1000)
      const signal = AbortSignal.any([limit, needless])
      signal.onabort = () => (needless.aborted ? resolve(undefined) : reject(limit.reason))
      // The two can't be given together.
      const asked = manager.request(key, own(ifAvailable ? { ifAvailable } : { signal }), (lock) => {
        const done = lock && !signal.aborted ? work(true) : undefined
        // From here on the work's own time limits count.
        resolve(done)
        return done
      })
      asked.catch(reject)
    })
  }
}
