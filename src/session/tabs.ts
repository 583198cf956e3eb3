import { own } from '../options.js'
import type { Ledger } from './ledger.js'

export interface TabsOptions extends Pick<Ledger, 'isBlind'> {
  key: string
  isShared: () => boolean
  channel: (name: string) => BroadcastChannel | undefined
  /** Called when another tab may have changed something, with the generation that came of it. */
  onHint: (generation: number) => void
}

/** The other tabs of the same strategy and name, as far as they can be reached: nothing depends on it. */
export interface Tabs {
  /** Listens to them, if there are any with the same credential. */
  join(): void
  /** Says which generation there is now. It may be forged, so what is stored is looked at, and believed. */
  hint(generation: number): unknown
  /** Whether the page is left or the instance disposed of: what fails then fails for that reason. */
  isLeaving(): boolean
  leave(): void
}

export function createTabs({ key, isShared, isBlind, channel, onHint }: TabsOptions): Tabs {
  const stop = new AbortController()
  const mark = `${key}.hint`
  let open: BroadcastChannel | undefined
  let isLeaving = false

  const part = () => {
    open?.close()
    open = undefined
  }
  const join = () => {
    // Not in Node, which an open channel keeps from ending.
    if (isLeaving || !isShared() || !('addEventListener' in globalThis)) return part()
    if (open) return
    try {
      open = channel(key)
      if (open) open.onmessage = ({ data }) => onHint(data)
      // WebKit tells a page nothing of a localStorage that it has never looked into.
      else localStorage.getItem(mark)
    } catch {
      // Firefox has none where site data is blocked. What nobody hints at is found when the credential is renewed.
    }
  }
  /** Writing is what other tabs are told of, so it need not stay there. */
  const write = (generation: number) => {
    try {
      localStorage.setItem(mark, `${generation}`)
      localStorage.removeItem(mark)
    } catch {}
  }
  const look = () => onHint(Infinity)
  const listen = <E extends Event>(type: string, then: (event: E) => void) =>
    globalThis.addEventListener?.(type, then as EventListener, own({ signal: stop.signal, capture: true }))

  // An open channel can keep a page out of bfcache, or have it thrown out by a message.
  listen('pagehide', () => {
    isLeaving = true
    part()
  })
  listen('pageshow', () => {
    if (!isLeaving) return
    isLeaving = false
    join()
    look()
  })
  // What was said to a frozen or throttled page may be lost, or come late. `resume` does not bubble.
  listen('resume', look)
  listen('visibilitychange', () => document.hidden || look())
  listen<StorageEvent>('storage', ({ key: changed, newValue }) => {
    if (changed === mark) return newValue && onHint(Number(newValue))
    // It comes with the value, which a message may be faster than.
    return isBlind() && (changed ?? PREFIX).startsWith(PREFIX) && look()
  })
  join()
  return {
    join,
    hint: (generation) => (open ? open.postMessage(generation) : isShared() && write(generation)),
    isLeaving: () => isLeaving,
    leave() {
      isLeaving = true
      stop.abort()
      part()
    },
  }
}

/** Of all that is stored, whichever strategy has it. */
const PREFIX = 'latchkey.'
