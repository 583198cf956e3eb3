import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  cookieStrategy,
  createLatchkey,
  jwtStrategy,
  type Latchkey,
  type LatchkeyOptions,
  memoryStrategy,
  type Strategy,
  tokenStrategy,
} from '../../src/index.js'
import { codeOf } from '../shared/fixtures/events.js'
import { jwtOf } from '../shared/fixtures/jwt.js'
import { dropCookie, ownName } from './fixtures.js'
import { counted } from './left-behind.js'

const { setTimeout: later } = window
const API = 'https://api.example.com'
const NAME = ownName()

const makers: (() => Strategy)[] = [
  () => jwtStrategy({ storage: 'local' }),
  () => jwtStrategy({ storage: 'session' }),
  () => tokenStrategy(),
  () => cookieStrategy({ name: NAME }),
  () => memoryStrategy(),
]
const grant = (number: number) => ({
  access_token: jwtOf({ sub: 'ann', number }),
  refresh_token: 'rt',
  expires_in: 3600,
})

/** What was done with an instance before it is disposed of; the promises still run then. */
const lives: Record<string, (latchkey: Latchkey) => Promise<unknown>> = {
  'at once': async () => {},
  'when it is ready': (latchkey) => latchkey.ready(),
  'while it signs in': async (latchkey) => void latchkey.set(grant(0)).catch(() => {}),
  'when it has signed in': (latchkey) => latchkey.set(grant(0)),
  'while it refreshes': async (latchkey) => {
    await latchkey.set(grant(0))
    latchkey.refresh().catch(() => {})
  },
  'when it has sent, refreshed and signed out': async (latchkey) => {
    await latchkey.set(grant(0))
    await latchkey.fetch(API)
    await latchkey.refresh()
    await latchkey.clear()
  },
}

let count: ReturnType<typeof counted>
beforeEach(() => {
  count = counted()
})
afterEach(() => {
  count.stop()
  dropCookie(NAME)
  localStorage.clear()
  sessionStorage.clear()
})

/** How many instances with which options: each strategy has had each life after thirty. */
const settings: Record<string, readonly [count: number, Partial<LatchkeyOptions>]> = {
  'a thousand instances that were disposed of, by default': [1000, {}],
  '120 instances that were disposed of, with keepFresh': [120, { keepFresh: true }],
  '120 instances that were disposed of, with an idle time-out': [120, { idleTimeoutSeconds: 600 }],
}

/** One after the other: of each strategy and each life in turn. */
async function cycle(cycles: number, more: Partial<LatchkeyOptions>) {
  const endings = Object.values(lives)
  for (let i = 0; i < cycles; i += 1) {
    const strategy = makers[i % makers.length]?.() ?? memoryStrategy()
    const latchkey = createLatchkey({
      strategy,
      allowedOrigins: [API],
      name: NAME,
      refresh: async () => grant(i),
      // Longer than is waited for here, so that a limit that is forgotten is seen.
      storageTimeoutSeconds: 10,
      fetch: async () => new Response(),
      ...more,
    })
    latchkey.subscribe(() => {})
    await endings[i % endings.length]?.(latchkey)
    latchkey.dispose()
  }
}

/** Whether a database can be deleted without having to wait for a connection. */
function isFree(name: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.deleteDatabase(name)
    asked.onsuccess = () => resolve(true)
    asked.onblocked = () => resolve(false)
    asked.onerror = () => reject(asked.error)
  })
}

describe.for(Object.entries(settings))('%s', ([, [cycles, more]]) => {
  test('leave no listener, timer, channel, connection or lock', { timeout: 60_000 }, async () => {
    const before = count.left()
    await cycle(cycles, more)
    // What was begun before dispose() ends by itself.
    for (let tries = 100; tries && JSON.stringify(count.left()) !== JSON.stringify(before); tries -= 1)
      await new Promise((resume) => later(resume, 50))
    expect(count.left()).toEqual(before)
    const { held = [], pending = [] } = await navigator.locks.query()
    expect([...held, ...pending].filter(({ name }) => name?.startsWith('latchkey.'))).toEqual([])
    expect(await Promise.all(['latchkey.generations', 'latchkey.credentials'].map(isFree))).toEqual([
      true,
      true,
    ])
  })
})

test('what is counted is counted: an instance in use is seen, and so is a connection', async () => {
  const latchkey = createLatchkey({ strategy: memoryStrategy(), allowedOrigins: [API], keepFresh: true })
  const shared = createLatchkey({ strategy: tokenStrategy(), allowedOrigins: [API], name: NAME })
  await latchkey.set(grant(0))
  await shared.ready()
  const opened = indexedDB.open(NAME)
  await new Promise((resolve) => opened.addEventListener('success', resolve, { once: true }))
  const { listeners, timers, channels, connections } = count.left()
  expect([Number(listeners) > 3, timers, channels, connections]).toEqual([true, 1, 1, 1])
  opened.result.close()
  latchkey.dispose()
  shared.dispose()
  expect(count.left().connections).toBe(0)
  indexedDB.deleteDatabase(NAME)
})

test.for(Object.entries(lives))('disposed of %s, every call is ERR_DISPOSED', async ([, live]) => {
  const options = { strategy: tokenStrategy(), allowedOrigins: [API], name: ownName() }
  const latchkey = createLatchkey({
    ...options,
    refresh: async () => grant(1),
    fetch: async () => new Response(),
  })
  await live(latchkey)
  latchkey.dispose()
  const { ready, set, fetch, refresh, clear } = latchkey
  const calls = [ready(), set(grant(2)), fetch(API), refresh(), clear()]
  expect(await Promise.all(calls.map(codeOf))).toEqual(Array(5).fill('ERR_DISPOSED'))
})
