import { own } from '../options.js'
import { LONGEST_MS } from './clock.js'
import type { StateHolder } from './state.js'

export interface KeepFreshOptions extends Pick<StateHolder, 'subscribe'> {
  msUntilDue(): number
  /** Renews it if it is due. */
  fresh(): Promise<unknown>
}

/** Renews the credential when it is due, in a tab that is seen, by the one timer there is. Returns what stops it. */
export function keepFresh({ subscribe, msUntilDue, fresh }: KeepFreshOptions): () => void {
  const stop = new AbortController()
  const { signal } = stop
  let timer: ReturnType<typeof setTimeout> | undefined
  const arm = () => {
    clearTimeout(timer)
    const ms = Math.max(msUntilDue(), SHORTEST_MS)
    const isSeen = document.visibilityState === 'visible' && !signal.aborted
    if (isSeen && ms < Number.POSITIVE_INFINITY) timer = setTimeout(onDue, Math.min(ms, LONGEST_MS))
  }
  // A failure is in the state.
  const onDue = () =>
    fresh()
      .catch(() => {})
      .then(arm)
  const silence = subscribe(arm)
  document.addEventListener('visibilitychange', arm, own({ signal }))
  return () => {
    silence()
    clearTimeout(timer)
    stop.abort()
  }
}

/** After a failure: whether it is too early to try again is not the timer's business. */
const SHORTEST_MS = 1000
