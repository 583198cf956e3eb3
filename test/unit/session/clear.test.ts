import { expect, test } from 'vitest'
import { codeOf, settled } from '../../shared/fixtures/events.js'
import { deferred, fakeStore, never, sleep } from '../../shared/fixtures/faults.js'
import { FIRST, ME, signedIn, world } from '../../shared/fixtures/instance.js'

test('clear during a refresh wins: the late answer is neither used nor stored', async () => {
  const { latchkey, refresh, store, types } = await signedIn()
  const answer = deferred()
  refresh.before = () => answer.promise
  const renewed = codeOf(latchkey.refresh())
  await sleep(5)
  await latchkey.clear()
  answer.resolve()
  expect(await renewed).toBe('ERR_SIGNED_OUT')
  await sleep(20)
  expect(latchkey.state).toMatchObject({ status: 'signed-out', reason: 'cleared' })
  expect(types()).toEqual(['signed-out'])
  expect(store.values.size).toBe(0)
})

test('requests that wait for the refresh reject with ERR_SIGNED_OUT at once', async () => {
  const { latchkey, api, refresh } = await signedIn({ refreshTimeoutSeconds: 60 })
  api.good = 'another'
  refresh.before = never
  const waiting = Array.from({ length: 3 }, () => codeOf(latchkey.fetch(ME)))
  await sleep(10)
  await latchkey.clear()
  expect(await Promise.all(waiting)).toEqual(Array(3).fill('ERR_SIGNED_OUT'))
  expect(api.seen).toHaveLength(3)
})

test('clear, then a sign-in as somebody else, while the first one’s refresh is under way', async () => {
  const { latchkey, api, refresh, store } = await signedIn()
  const answer = deferred()
  refresh.before = () => answer.promise
  const renewed = codeOf(latchkey.refresh())
  await sleep(5)
  await latchkey.clear()
  await latchkey.set({ access_token: 'second-user' })
  answer.resolve()
  await renewed
  await sleep(20)
  api.good = 'second-user'
  expect((await latchkey.fetch(ME)).status).toBe(200)
  const stored = [...store.values.values()].join()
  expect(stored).toContain('second-user')
  expect(stored).not.toContain('at-1')
})

test('after clear, a new credential is renewed by a refresh of its own', async () => {
  const { latchkey, refresh } = await signedIn()
  refresh.before = never
  const old = codeOf(latchkey.refresh())
  await sleep(5)
  await latchkey.clear()
  await old
  refresh.before = async () => {}
  await latchkey.set({ access_token: 'second-user', refresh_token: 'rt-second' })
  expect(await codeOf(latchkey.refresh())).toBe('fulfilled')
  expect(refresh.calls).toBe(2)
})

test('clear during a slow set wins, in memory and in the store', async () => {
  const store = fakeStore()
  const { latchkey, api } = world({}, store)
  await latchkey.ready()
  store.before = (operation) => (operation === 'write' ? sleep(20) : undefined)
  const set = codeOf(latchkey.set(FIRST))
  await sleep(5)
  await latchkey.clear()
  await set
  expect([latchkey.state.status, store.values.size]).toEqual(['signed-out', 0])
  await latchkey.fetch(ME)
  expect(api.seen).toEqual([null])
})

test('of two sets at once the later is what is used and what is stored', async () => {
  const store = fakeStore()
  const { latchkey, api } = world({}, store)
  const delays = [30, 1]
  store.before = (operation) => (operation === 'write' ? sleep(delays.shift() ?? 0) : undefined)
  await Promise.all([latchkey.set({ access_token: 'earlier' }), latchkey.set({ access_token: 'later' })])
  api.good = 'later'
  await latchkey.fetch(ME)
  expect(api.seen).toEqual(['Bearer later'])
  expect([...store.values.values()].join()).toContain('later')
})

test('a set during a refresh wins over its answer, in memory and in the store', async () => {
  const store = fakeStore()
  const { latchkey, api, refresh } = await signedIn({}, store)
  const [answer, written] = [deferred(), deferred()]
  refresh.before = () => answer.promise
  const renewed = codeOf(latchkey.refresh())
  await sleep(5)
  store.before = (operation) => (operation === 'write' ? written.promise : undefined)
  const set = latchkey.set({ access_token: 'chosen' })
  await sleep(5)
  answer.resolve()
  await sleep(5)
  written.resolve()
  await Promise.all([set, renewed])
  api.good = 'chosen'
  await latchkey.fetch(ME)
  expect(api.seen).toEqual(['Bearer chosen'])
  expect([...store.values.values()].join()).toContain('chosen')
})

test('clear on an empty instance is fine, and tells nobody twice', async () => {
  const { latchkey, types } = world()
  await latchkey.ready()
  await latchkey.clear()
  await latchkey.clear()
  await settled()
  expect(types()).toEqual(['initial', 'signed-out'])
})

test('a store that cannot erase makes clear reject, and no request carries the credential anyway', async () => {
  const store = fakeStore()
  const { latchkey, api } = await signedIn({}, store)
  store.before = (operation) => {
    if (operation === 'erase') throw new Error('broken')
  }
  expect(await codeOf(latchkey.clear())).toBe('ERR_STORAGE_FAILED')
  await latchkey.fetch(ME)
  expect([latchkey.state.status, api.seen]).toEqual(['signed-out', [null]])
})
