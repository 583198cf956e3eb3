import { expect, test } from 'vitest'
import { LatchkeyError } from '../../../src/index.js'
import { codeOf, settled } from '../../shared/fixtures/events.js'
import { never, sleep } from '../../shared/fixtures/faults.js'
import { ME, signedIn } from '../../shared/fixtures/instance.js'

test('null ends the session: the store is empty, the 401 is returned, and one event says so', async () => {
  const { latchkey, api, store, types } = await signedIn({ refresh: async () => null })
  api.good = 'another'
  expect((await latchkey.fetch(ME)).status).toBe(401)
  await settled()
  expect(latchkey.state).toMatchObject({ status: 'signed-out', reason: 'refresh-rejected' })
  expect(types()).toEqual(['signed-out'])
  expect(store.values.size).toBe(0)
})

test('null is not believed when the store has a newer credential: that one is used', async () => {
  const { latchkey, api, store, types, events } = await signedIn({
    refresh: async () => {
      const [key = ''] = store.values.keys()
      const newer = { v: 1, access_token: 'at-tab', refresh_token: '', receivedAt: 1_700_000_000_001 }
      store.values.set(key, JSON.stringify(newer))
      return null
    },
  })
  api.good = 'at-tab'
  expect((await latchkey.fetch(ME)).status).toBe(200)
  expect(types()).not.toContain('signed-out')
  expect(store.values.size).toBe(1)
  // Who has written it nobody knows: it may have been the app itself.
  expect(events).toEqual([{ type: 'refreshed', by: undefined }])
})

const failures: Record<string, () => Promise<never>> = {
  'a network error': () => Promise.reject(new TypeError('Failed to fetch')),
  'an abort': () => Promise.reject(new DOMException('aborted', 'AbortError')),
  'an error of one’s own': () => Promise.reject(new LatchkeyError('ERR_REFRESH_FAILED', { retryAt: 7 })),
  'a throw of nothing': () => Promise.reject(undefined),
  'a throw before any promise': () => {
    throw new Error('at once')
  },
}

for (const [what, refresh] of Object.entries(failures)) {
  test(`${what} keeps the credential: degraded, not signed out`, async () => {
    const { latchkey, store, types } = await signedIn({ refresh })
    expect(await codeOf(latchkey.refresh())).toBe('ERR_REFRESH_FAILED')
    await settled()
    expect(latchkey.state.status).toBe('degraded')
    expect(types()).toEqual(['degraded'])
    expect([...store.values.values()].join()).toContain('rt-0')
    expect((await latchkey.fetch(ME)).status).toBe(200)
  })
}

test('failing twice is told once, and the refresh that works after it as recovered', async () => {
  const { latchkey, clock, refresh, types } = await signedIn()
  refresh.before = () => Promise.reject(new TypeError('offline'))
  await codeOf(latchkey.refresh())
  await codeOf(latchkey.refresh())
  refresh.before = async () => {}
  clock.now = Number(latchkey.state.retryAt)
  await latchkey.refresh()
  await settled()
  expect(types()).toEqual(['degraded', 'recovered'])
  expect(latchkey.state.status).toBe('signed-in')
})

test('a failing refresh does not hold up requests while the credential still lives', async () => {
  const { latchkey, clock, refresh } = await signedIn()
  refresh.before = () => Promise.reject(new TypeError('offline'))
  clock.now += 3590 * 1000
  expect((await latchkey.fetch(ME)).status).toBe(200)
})

test('once the credential has ended, a failing refresh rejects the request and nothing is sent', async () => {
  const { latchkey, api, clock, refresh } = await signedIn()
  refresh.before = () => Promise.reject(new TypeError('offline'))
  clock.now += 3601 * 1000
  expect(await codeOf(latchkey.fetch(ME))).toBe('ERR_REFRESH_FAILED')
  expect([api.seen, latchkey.state.status]).toEqual([[], 'degraded'])
})

test('a refresh that hangs is ERR_REFRESH_FAILED within its time, and its signal is aborted', async () => {
  const signals: AbortSignal[] = []
  const hung = async ({ signal }: { signal: AbortSignal }) => never(void signals.push(signal))
  const { latchkey, api } = await signedIn({ refresh: hung, refreshTimeoutSeconds: 0.05 })
  api.good = 'another'
  const asked = Array.from({ length: 5 }, () => codeOf(latchkey.fetch(ME)))
  expect(await Promise.all(asked)).toEqual(Array(5).fill('ERR_REFRESH_FAILED'))
  expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  expect(latchkey.state.status).toBe('degraded')
})

test('after a refresh that hung, the next one is a new one and works', async () => {
  const { latchkey, clock, refresh } = await signedIn({ refreshTimeoutSeconds: 0.05 })
  refresh.before = never
  await codeOf(latchkey.refresh())
  refresh.before = async () => {}
  clock.now = Number(latchkey.state.retryAt)
  await latchkey.refresh()
  expect([refresh.calls, latchkey.state.status]).toEqual([2, 'signed-in'])
})

test('an answer that comes after the time was over is not adopted', async () => {
  const { latchkey, api, refresh } = await signedIn({ refreshTimeoutSeconds: 0.02 })
  refresh.before = () => sleep(60)
  await codeOf(latchkey.refresh())
  await sleep(80)
  api.good = 'at-0'
  expect((await latchkey.fetch(ME)).status).toBe(200)
})

test('an answer that is no token response is a failed refresh, and the credential is kept', async () => {
  const { latchkey, store } = await signedIn({ refresh: async () => JSON.parse('{"access_token":5}') })
  expect(String(await codeOf(latchkey.refresh()))).toMatch(/^ERR_/)
  expect(latchkey.state.status).toBe('degraded')
  expect([...store.values.values()].join()).toContain('at-0')
})

test('a renewed credential that cannot be stored is used all the same, and the app is told', async () => {
  const { latchkey, api, store, events } = await signedIn()
  api.good = 'another'
  store.before = (operation) => {
    if (operation === 'write') throw new DOMException('no room', 'QuotaExceededError')
  }
  expect((await latchkey.fetch(ME)).status).toBe(200)
  await settled()
  expect(events.map(({ type }) => type)).toEqual(['refreshed', 'storage-fallback'])
  expect(events[1]).toMatchObject({ error: { name: 'LatchkeyError', cause: { message: 'no room' } } })
  expect((await latchkey.fetch(ME)).status).toBe(200)
})

test('a spent credential is not found again where the renewed one could not be stored', async () => {
  const { latchkey, store } = await signedIn()
  store.before = (operation) => {
    if (operation === 'write') throw new Error('no room')
  }
  await latchkey.refresh()
  expect([...store.values.values()].join()).not.toContain('rt-0')
})

test('what is in memory alone is renewed again and again, where no other tab can be asked', async () => {
  const { latchkey, api, store } = await signedIn()
  store.before = (operation) => {
    if (operation === 'write') throw new DOMException('no room', 'QuotaExceededError')
  }
  for (let refreshes = 0; refreshes < 3; refreshes += 1) await latchkey.refresh()
  api.good = 'at-3'
  expect((await latchkey.fetch(ME)).status).toBe(200)
  expect(latchkey.state).toMatchObject({ status: 'signed-in', storage: { name: 'memory' } })
})
