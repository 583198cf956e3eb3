import { LONGEST_MS } from './clock.js'
import type { Idle } from './idle.js'
import type { StateHolder } from './state.js'
import type { Tabs } from './tabs.js'

export interface AlarmOptions extends Pick<StateHolder, 'subscribe'>, Pick<Tabs, 'isLeaving'> {
  keepFresh: boolean
  idle: Pick<Idle, 'msLeft' | 'check'>
  msUntilDue(): number
  /** Renews it if it is due. */
  fresh(): Promise<unknown>
}

/**
 * Ends the credential when it is idle, and with `keepFresh` renews it when it is due, in a tab that is seen: by the one timer
 * there is. Returns what sets it anew, as each event does.
 */
export function createAlarm(options: AlarmOptions): () => void {
  const { subscribe, isLeaving, keepFresh, idle, msUntilDue, fresh } = options
  let timer: ReturnType<typeof setTimeout> | undefined
  const isKept = () => keepFresh && globalThis.document?.visibilityState === 'visible'
  const set = () => {
    clearTimeout(timer)
    const msFresh = isKept() ? Math.max(msUntilDue(), SHORTEST_MS) : Infinity
    const ms = Math.min(idle.msLeft(), msFresh)
    if (ms < Infinity && !isLeaving()) timer = setTimeout(ring, Math.min(Math.max(ms, 0), LONGEST_MS))
  }
  const ring = async () => {
    await idle.check()
    // Its time passes also while it is renewed.
    set()
    // A failure is in the state.
    if (isKept()) fresh().then(set, set)
  }
  subscribe(set)
  return set
}

/** After a failure: whether it is too early to try again is not the timer's business. */
const SHORTEST_MS = 1000
