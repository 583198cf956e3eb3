import { expect, test } from 'vitest'
import { codeOf, listen, settled } from '../../shared/fixtures/events.js'
import { fakeStore, never, sleep } from '../../shared/fixtures/faults.js'
import { FIRST, ME, signedIn, world } from '../../shared/fixtures/instance.js'

/** A store in which an earlier page has left the first credential. */
async function usedStore() {
  const { store } = await signedIn()
  return store
}

test('until the stored credential has been looked up the status is unknown', async () => {
  const { latchkey } = world({}, await usedStore())
  expect(latchkey.state).toMatchObject({ status: 'unknown', strategy: 'fake' })
  expect((await latchkey.ready()).status).toBe('signed-in')
  expect(await latchkey.ready()).toBe(latchkey.state)
})

test('a request made at once waits for a slow store, and carries the credential', async () => {
  const store = Object.assign(await usedStore(), { before: () => sleep(80) })
  const { latchkey, api } = world({}, store)
  expect((await latchkey.fetch(ME)).status).toBe(200)
  expect(api.seen).toEqual(['Bearer at-0'])
})

test('with no credential a request has no Authorization header at all, not an empty one', async () => {
  const { latchkey, api, events } = world()
  await latchkey.fetch(ME)
  expect(api.seen).toEqual([null])
  await settled()
  expect(events).toContainEqual(expect.objectContaining({ type: 'not-attached', why: 'signed-out' }))
})

test('a store that never answers is a signed-out start within its time, with one typed event', async () => {
  const store = Object.assign(fakeStore(), { before: never })
  const { latchkey, api, events } = world({ storageTimeoutSeconds: 0.05 }, store)
  const start = performance.now()
  await latchkey.fetch(ME)
  expect(performance.now() - start).toBeLessThan(1000)
  const told = events.filter(({ type }) => type === 'signed-out')
  expect(told).toMatchObject([{ error: { code: 'ERR_STORAGE_FAILED', strategy: 'fake' } }])
  expect([api.seen, latchkey.state.status]).toEqual([[null], 'signed-out'])
})

test('a store that never answers makes set and clear reject within their time', async () => {
  const store = Object.assign(fakeStore(), { before: never })
  const { latchkey } = world({ storageTimeoutSeconds: 0.05 }, store)
  expect(await codeOf(latchkey.set(FIRST))).toBe('ERR_STORAGE_FAILED')
  expect(await codeOf(latchkey.clear())).toBe('ERR_STORAGE_FAILED')
})

test('a store that fails to read is a signed-out start, and the error goes with its one event', async () => {
  const cause = new Error('blocked')
  const before = () => Promise.reject(cause)
  const { latchkey, events } = world({}, Object.assign(fakeStore(), { before }))
  expect((await latchkey.ready()).status).toBe('signed-out')
  await settled()
  expect(events.filter(({ type }) => type === 'signed-out')).toMatchObject([
    { error: { name: 'LatchkeyError', code: expect.stringMatching(/^ERR_STORAGE_/), cause } },
  ])
})

test('a store that throws before any promise is no different', async () => {
  const strategy = () => {
    throw new Error('at once')
  }
  const { latchkey } = world({}, Object.assign(fakeStore(), { read: strategy, write: strategy }))
  expect((await latchkey.ready()).status).toBe('signed-out')
  expect(await codeOf(latchkey.set(FIRST))).toMatch(/^ERR_STORAGE_/)
})

test('a failed set changes nothing: the credential before is still in use', async () => {
  const { latchkey, api, store, types } = await signedIn()
  store.before = (operation) => {
    if (operation === 'write') throw new Error('full')
  }
  expect(await codeOf(latchkey.set({ access_token: 'new' }))).toMatch(/^ERR_STORAGE_/)
  await latchkey.fetch(ME)
  expect([api.seen, types()]).toEqual([['Bearer at-0'], []])
})

test('a credential set during the look-up wins over what was found', async () => {
  const store = await usedStore()
  store.before = (operation) => (operation === 'read' ? sleep(50) : undefined)
  const { latchkey, api, types } = world({}, store)
  await latchkey.set({ access_token: 'chosen' })
  await latchkey.ready()
  api.good = 'chosen'
  expect((await latchkey.fetch(ME)).status).toBe(200)
  expect(types()).toEqual(['initial', 'signed-in'])
})

test('clear during the look-up wins over what was found', async () => {
  const store = await usedStore()
  store.before = (operation) => (operation === 'read' ? sleep(50) : undefined)
  const { latchkey, api } = world({}, store)
  await latchkey.clear()
  await latchkey.fetch(ME)
  expect([api.seen, latchkey.state.status, store.values.size]).toEqual([[null], 'signed-out', 0])
})

test('one caller’s abort ends that caller’s waiting, and nobody else’s', async () => {
  const store = Object.assign(await usedStore(), { before: () => sleep(50) })
  const { latchkey } = world({}, store)
  const aborter = new AbortController()
  const aborted = latchkey.fetch(ME, { signal: aborter.signal })
  const other = latchkey.fetch(ME)
  aborter.abort(new Error('changed my mind'))
  await expect(aborted).rejects.toThrow('changed my mind')
  expect((await other).status).toBe(200)
})

test('one caller’s abort does not stop the refresh the others wait for', async () => {
  const { latchkey, api, refresh } = await signedIn()
  api.good = 'another'
  refresh.before = () => sleep(40)
  const aborter = new AbortController()
  const aborted = codeOf(latchkey.fetch(ME, { signal: aborter.signal }))
  const other = latchkey.fetch(ME)
  await sleep(10)
  aborter.abort()
  expect(await aborted).toMatchObject({ name: 'AbortError' })
  expect((await other).status).toBe(200)
  expect(refresh.calls).toBe(1)
})

test('an expired credential with nothing to renew it is a signed-out start, and no header is sent', async () => {
  const store = await usedStore()
  const { latchkey, api, clock } = world({ refresh: undefined, now: () => clock.now + 3601 * 1000 }, store)
  const { events } = listen(latchkey)
  expect(await latchkey.ready()).toMatchObject({ status: 'signed-out', reason: 'expired' })
  await latchkey.fetch(ME)
  expect([api.seen, events.filter(({ type }) => type === 'signed-out').length]).toEqual([[null], 1])
})

test('an expired credential that can be renewed is renewed before the first request', async () => {
  const store = await usedStore()
  const { latchkey, api, clock, refresh } = world({ now: () => clock.now + 3601 * 1000 }, store)
  expect((await latchkey.fetch(ME)).status).toBe(200)
  expect([api.seen, refresh.calls]).toEqual([['Bearer at-1'], 1])
})

test('a credential that ends while the page is open is signed out, with no timer needed', async () => {
  const { latchkey, api, clock } = await signedIn({ refresh: undefined })
  clock.now += 3601 * 1000
  await latchkey.fetch(ME)
  expect(api.seen).toEqual([null])
  expect(latchkey.state).toMatchObject({ status: 'signed-out', reason: 'expired' })
})
