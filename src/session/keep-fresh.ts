import type { StateHolder } from './state.js'

export interface KeepFreshOptions extends Pick<StateHolder, 'state' | 'subscribe'> {
  msUntilDue(): number
  /** Renews it if it is due. */
  fresh(): Promise<unknown>
  now(): number
}

/** Renews the credential when it is due, in a tab that is seen, by the one timer there is. Returns what stops it. */
export function keepFresh({ state, subscribe, msUntilDue, fresh, now }: KeepFreshOptions): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const arm = () => {
    clearTimeout(timer)
    const { retryAt = 0 } = state()
    const ms = Math.max(msUntilDue(), retryAt - now(), SHORTEST_MS)
    if (ms < Number.POSITIVE_INFINITY && !document.hidden) timer = setTimeout(onDue, Math.min(ms, LONGEST_MS))
  }
  // A failure is in the state.
  const onDue = () =>
    fresh()
      .catch(() => {})
      .then(arm)
  const stop = subscribe(arm)
  document.addEventListener('visibilitychange', arm)
  return () => {
    stop()
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', arm)
  }
}

/** After a failure that says nothing of when to try again. */
const SHORTEST_MS = 1000
/** Timers overflow at 2^31 ms, and would be over at once (HTML s. 8.6). */
const LONGEST_MS = 2 ** 31 - 1
