import type { Fail } from '../errors.js'

/**
 * How long one user's credential is there. Whoever waits for what was begun before its end waits in vain; a refresh
 * itself goes on, since the server may have spent the credential already.
 */
export interface Era {
  /** Of the one that is now: aborted when it ends. */
  signal(): AbortSignal
  /** Of who is there now: aborted with the credential, whatever ended it, since some things outlive a request. */
  presence(): AbortSignal
  /** Ended by a clear(), or another user's sign-in: the next one begins. */
  end(): void
  /** Who was there is there no more. */
  leave(): void
  /** Ended for good. */
  close(): void
}

export function createEra(fail: Fail): Era {
  let [era, presence] = [new AbortController(), new AbortController()]
  const next = (ended: AbortController) => {
    if (ended.signal.aborted) return ended
    ended.abort(fail('ERR_SIGNED_OUT'))
    return new AbortController()
  }
  return {
    signal: () => era.signal,
    presence: () => presence.signal,
    end() {
      era = next(era)
    },
    leave() {
      presence = next(presence)
    },
    close() {
      for (const one of [era, presence]) one.abort(fail('ERR_DISPOSED'))
    },
  }
}

/** What tells those outside of an end. */
export type Signals = Pick<Era, 'signal' | 'presence'>
