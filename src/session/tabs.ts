export interface TabsOptions {
  key: string
  isShared: boolean
  channel: (name: string) => BroadcastChannel | undefined
  /** Called when another tab may have changed something, with the generation that came of it. */
  onHint: (generation: number) => void
}

/** The other tabs of the same strategy and name, as far as they can be reached: nothing depends on it. */
export interface Tabs {
  /** Says which generation there is now. It may be forged, so what is stored is looked at, and believed. */
  hint(generation: number): void
  /** Whether the page is left or the instance disposed of: what fails then fails for that reason. */
  isLeaving(): boolean
  leave(): void
}

export function createTabs({ key, isShared, channel, onHint }: TabsOptions): Tabs {
  const stop = new AbortController()
  let open: BroadcastChannel | undefined
  let isLeaving = false

  const join = () => {
    // Not in Node, which an open channel keeps from ending.
    if (!isShared || !('addEventListener' in globalThis)) return
    try {
      open = channel(key)
      if (open) open.onmessage = ({ data }) => onHint(data)
    } catch {
      // Firefox has none where site data is blocked. What nobody hints at is found when the credential is renewed.
    }
  }
  const part = () => {
    open?.close()
    open = undefined
  }
  const listen = (type: string, then: () => void) =>
    globalThis.addEventListener?.(type, then, { signal: stop.signal })

  // An open channel can keep a page out of bfcache, or have it thrown out by a message.
  listen('pagehide', () => {
    isLeaving = true
    part()
  })
  listen('pageshow', () => {
    if (!isLeaving) return
    isLeaving = false
    join()
    onHint(Number.POSITIVE_INFINITY)
  })
  join()
  return {
    hint: (generation) => open?.postMessage(generation),
    isLeaving: () => isLeaving,
    leave() {
      isLeaving = true
      stop.abort()
      part()
    },
  }
}
