import type { CredentialRecord } from '../types.js'

/** Whether the credential ends within `seconds`, which are never taken for more than half of its life. */
export function endsWithin(seconds: number, credential: CredentialRecord, now: number): boolean {
  const { receivedAt, expires_in = Infinity } = credential
  return now >= receivedAt + Math.max(expires_in - seconds, expires_in / 2) * 1000
}

/** Whichever is first: the promise's outcome, or the signal's reason. What was waited for goes on. */
export function unlessAborted<R>(promise: Promise<R>, signal: AbortSignal): Promise<R> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop)
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
