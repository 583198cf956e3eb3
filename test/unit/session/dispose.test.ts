import { afterEach, expect, test, vi } from 'vitest'
import { codeOf, settled } from '../../shared/fixtures/events.js'
import { deferred, fakeStore, never, sleep } from '../../shared/fixtures/faults.js'
import { FIRST, ME, signedIn, world } from '../../shared/fixtures/instance.js'

afterEach(() => {
  vi.useRealTimers()
})

test('every call after dispose is ERR_DISPOSED, and disposing twice is fine', async () => {
  const { latchkey, api } = await signedIn()
  latchkey.dispose()
  latchkey.dispose()
  const { ready, set, fetch, refresh, clear } = latchkey
  const calls = [ready(), set(FIRST), fetch(ME), refresh(), clear()]
  expect(await Promise.all(calls.map(codeOf))).toEqual(Array(5).fill('ERR_DISPOSED'))
  expect(api.seen).toEqual([])
})

test('what waits for a refresh rejects with ERR_DISPOSED', async () => {
  const { latchkey, refresh } = await signedIn()
  refresh.before = never
  const waiting = codeOf(latchkey.refresh())
  await settled()
  latchkey.dispose()
  expect(await waiting).toBe('ERR_DISPOSED')
})

test('a request that waits for the look-up rejects with ERR_DISPOSED and is not sent', async () => {
  const { latchkey, api } = world({}, Object.assign(fakeStore(), { before: () => sleep(1000) }))
  const waiting = codeOf(latchkey.fetch(ME))
  await settled()
  latchkey.dispose()
  expect(await waiting).toBe('ERR_DISPOSED')
  expect(api.seen).toEqual([])
})

test('no listener is called after dispose', async () => {
  const { latchkey, events } = await signedIn()
  void latchkey.clear()
  latchkey.dispose()
  await settled()
  expect(events).toEqual([])
})

test('what is stored stays stored', async () => {
  const { latchkey, store } = await signedIn()
  latchkey.dispose()
  await settled()
  expect([...store.values.values()].join()).toContain('at-0')
})

test('no timer is left by an instance whose look-up is over', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval'] })
  const { latchkey } = world()
  await latchkey.set(FIRST)
  await latchkey.refresh()
  expect(vi.getTimerCount()).toBe(0)
})

test('dispose stops the timer of a look-up that hangs', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval'] })
  const { latchkey } = world({}, Object.assign(fakeStore(), { before: never }))
  latchkey.dispose()
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
  expect(vi.getTimerCount()).toBe(0)
})

test('a refresh that is under way ends, and its answer is stored: the server has spent the old one', async () => {
  const { latchkey, refresh, store } = await signedIn()
  const answer = deferred()
  refresh.before = () => answer.promise
  const waiting = codeOf(latchkey.refresh())
  await settled()
  latchkey.dispose()
  expect(await waiting).toBe('ERR_DISPOSED')
  answer.resolve()
  await settled()
  expect([...store.values.values()].join()).toContain('at-1')
})
