import type { StrategyContext } from './types.js'

/** Whichever is first: the promise's outcome, or the signal's reason. What was waited for goes on. */
export function unlessAborted<R>(promise: Promise<R>, signal: AbortSignal): Promise<R> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop)
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

/** The same with a limit in seconds, of which the work is told: its reason is a `TimeoutError`. */
export async function inTime<R>(seconds: number, use: (signal: AbortSignal) => Promise<R>): Promise<R> {
  const signal = AbortSignal.timeout(seconds * 1000)
  return unlessAborted(use(signal), signal)
}

/** A part of the time that an operation has, so that there is some left for what is tried instead. */
export async function within<R>(
  part: number,
  context: StrategyContext,
  use: (context: StrategyContext) => Promise<R>,
): Promise<R> {
  const timeoutSeconds = (context.timeoutSeconds ?? 2) * part
  const limit = AbortSignal.timeout(timeoutSeconds * 1000)
  const signal = AbortSignal.any([context.signal, limit])
  // What comes late must not undo what somebody else has done since.
  signal.throwIfAborted()
  return unlessAborted(use({ ...context, timeoutSeconds, signal }), signal)
}

/** What the first of them was rejected with, if one was. */
export function reasonOf(outcomes: readonly PromiseSettledResult<unknown>[]): unknown {
  return outcomes.find((outcome) => outcome.status === 'rejected')?.reason
}
