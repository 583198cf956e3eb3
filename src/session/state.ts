import { optional, own } from '../options.js'
import type { LatchkeyEvent, LatchkeyState, Listener, ListenerOptions } from '../types.js'

/** The state, and those who want to hear of it. */
export interface StateHolder {
  /** The state as it is now: the same frozen object while nothing changes. */
  state(): LatchkeyState
  /** All but what the blank state says is forgotten. */
  become(next: Partial<LatchkeyState>, event: LatchkeyEvent): void
  tell(event: LatchkeyEvent): void
  /** Tells those who want to hear of requests; `undefined` if nobody does. */
  watchers(): StateHolder['tell'] | undefined
  /** Calls the listener at once and after every event; returns what stops it. */
  subscribe(listener: Listener, options?: ListenerOptions): () => void
  /** Forgets all listeners. */
  mute(): void
}

/** @param blank what there is to say without a credential */
export function createState(blank: () => LatchkeyState): StateHolder {
  let state = Object.freeze(own(blank()))
  const listeners = new Set<[Listener]>()
  const watching: typeof listeners = new Set()
  // Each in a microtask of its own: one that throws, or calls back in here, disturbs no other.
  const tell = (event: LatchkeyEvent, to = listeners) => {
    const told = state
    for (const entry of to) queueMicrotask(() => listeners.has(entry) && entry[0](told, event))
  }
  return {
    state: () => state,
    become(next, event) {
      state = Object.freeze(own({ ...blank(), ...next }))
      tell(event)
    },
    tell: (event) => tell(event),
    watchers: () => (watching.size ? (event) => tell(event, watching) : undefined),
    subscribe(listener, options = {}) {
      listener(state, { type: 'initial' })
      // An entry of its own: the same function may listen twice.
      const entry: [Listener] = [listener]
      listeners.add(entry)
      if (optional(options, 'requests')) watching.add(entry)
      return () => {
        watching.delete(entry)
        listeners.delete(entry)
      }
    },
    mute() {
      watching.clear()
      listeners.clear()
    },
  }
}
