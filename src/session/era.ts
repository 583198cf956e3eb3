import type { Fail } from '../errors.js'

/**
 * How long one user's credential is there. Whoever waits for what was begun before its end waits in vain; a refresh
 * itself goes on, since the server may have spent the credential already.
 */
export interface Era {
  /** Of the one that is now: aborted when it ends. */
  signal(): AbortSignal
  /** Ended by a clear(), or another user's sign-in: the next one begins. */
  end(): void
  /** Ended for good. */
  close(): void
}

export function createEra(fail: Fail): Era {
  let era = new AbortController()
  return {
    signal: () => era.signal,
    end() {
      if (era.signal.aborted) return
      era.abort(fail('ERR_SIGNED_OUT'))
      era = new AbortController()
    },
    close: () => era.abort(fail('ERR_DISPOSED')),
  }
}
