import { type Over, otherPage, swap, thrower } from './swap.js'

type Kind = 'localStorage' | 'sessionStorage'

// Taken now, since a fault may be in their place later.
const real = { localStorage: globalThis.localStorage, sessionStorage: globalThis.sessionStorage }

export const missing = (kind: Kind) => (): Over => swap(globalThis, kind, { get: () => undefined })

/** As where all site data is blocked. */
export const untouchable = (kind: Kind) => (): Over =>
  swap(globalThis, kind, { get: thrower('SecurityError') })

export const readOnly = (kind: Kind) => (): Over => {
  const { setItem } = Storage.prototype
  return swap(Storage.prototype, 'setItem', {
    value(this: Storage, key: string, value: string) {
      if (this === real[kind]) throw new DOMException('a fault', 'InvalidStateError')
      setItem.call(this, key, value)
    },
  })
}

/** Full to the byte: what is there may be replaced by what is no longer, and nothing else fits. */
export const full = (kind: Kind) => (): Over => {
  const fillers: string[] = []
  for (let size = 4 * 1024 * 1024; size >= 1; ) {
    const key = `filler-${fillers.length}`
    try {
      real[kind].setItem(key, 'x'.repeat(size))
      fillers.push(key)
    } catch {
      size = Math.floor(size / 2)
    }
  }
  return () => {
    for (const key of fillers) real[kind].removeItem(key)
  }
}

/** As by another tab; a tab's sessionStorage is shared by the frames in it. */
export const deletedElsewhere = (kind: Kind) => (): Promise<Over> => otherPage((other) => other[kind].clear())
