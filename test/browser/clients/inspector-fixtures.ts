import { onTestFinished } from 'vitest'
import { type Inspected, inspect } from '../../../src/clients/inspector/index.js'
import { createLatchkey, type LatchkeyOptions, memoryStrategy } from '../../../src/index.js'
import { jwtOf } from '../../shared/fixtures/jwt.js'

export const API = 'https://api.example.com'
export const ANN = {
  access_token: jwtOf({ sub: 'ann', role: 'admin' }),
  refresh_token: 'rt-0',
  expires_in: 3600,
}

/** An instance that talks to nobody. */
export function make(more: Partial<LatchkeyOptions> = {}) {
  const latchkey = createLatchkey({
    strategy: memoryStrategy(),
    allowedOrigins: [API],
    fetch: async () => new Response(),
    ...more,
  })
  onTestFinished(() => latchkey.dispose())
  return latchkey
}

/** An inspector at the end of the page, until the test is over, and what can be read in it. */
export function shown(...latchkeys: readonly Inspected[]) {
  const inspector = inspect(...latchkeys)
  onTestFinished(() => inspector.remove())
  return { inspector, ...readable(inspector) }
}

export function readable(inspector: HTMLElement) {
  const all = (selector: string) => [...(inspector.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])]
  const textOf = (one: HTMLElement | undefined) => one?.textContent ?? ''
  return {
    all,
    text: () => inspector.shadowRoot?.textContent ?? '',
    /** What stands beside a term, in the one panel or in one of several. */
    fact: (term: string, at = 0) => {
      const found = all('dl')[at]?.querySelectorAll('div') ?? []
      const row = [...found].find((one) => one.querySelector('dt')?.textContent === term)
      return row?.querySelector('dd')?.textContent ?? 'no such fact'
    },
    /** Who did what, the newest first. */
    rows: () => all('li > span').map(textOf),
    types: () => all('li').map((row) => row.dataset.type),
  }
}
