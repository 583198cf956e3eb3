import { afterEach, beforeEach, vi } from 'vitest'
import type { LatchkeyOptions } from '../../../src/index.js'
import { signedIn } from '../../shared/fixtures/instance.js'

/** A page whose time passes by hand. */
export function pageByHand(): void {
  beforeEach(() => {
    const toFake = ['setTimeout', 'clearTimeout', 'Date', 'performance'] as const
    vi.useFakeTimers({ toFake: [...toFake], now: 1_700_000_000_000 })
    show('visible')
  })
  afterEach(() => {
    vi.useRealTimers()
    for (const name of ['visibilityState', 'hidden']) Reflect.deleteProperty(document, name)
  })
}

export function show(visibilityState: 'visible' | 'hidden'): void {
  Object.defineProperty(document, 'visibilityState', { value: visibilityState, configurable: true })
  Object.defineProperty(document, 'hidden', { value: visibilityState === 'hidden', configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))
}

export const now = (): number => Date.now()

export async function seconds(n: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(n * 1000)
}

/** What waits for a timer of its own, while time passes. */
export async function meanwhile<R>(made: Promise<R>): Promise<R> {
  await seconds(1)
  return made
}

/** Signed in for an hour, and kept fresh if not told otherwise. */
export const keeping = (keepFresh = true, more: Partial<LatchkeyOptions> = {}) =>
  meanwhile(signedIn({ keepFresh, now, ...more }))
