import { expect, test } from 'vitest'
import { codeOf, settled } from '../../shared/fixtures/events.js'
import { FIRST, signedIn, world } from '../../shared/fixtures/instance.js'

/** Signed in with a token endpoint that fails, and what tells how long it has to wait after that. */
async function failing() {
  const made = await signedIn()
  const { latchkey, clock, refresh } = made
  refresh.before = () => Promise.reject(new Error('down'))
  const fail = async () => {
    await codeOf(latchkey.refresh())
    return Number(latchkey.state.retryAt) - clock.now
  }
  const failAgain = () => {
    clock.now = Number(latchkey.state.retryAt)
    return fail()
  }
  return { ...made, fail, failAgain }
}

test('the wait after a failure is half a second at most, then longer each time, up to 32 seconds', async () => {
  const { fail, failAgain } = await failing()
  const waits = [await fail()]
  while (waits.length < 12) waits.push(await failAgain())
  const shorter = waits.filter((wait, i) => wait < Math.min(waits[i - 1] ?? 250, 16_000))
  expect([shorter, Math.max(...waits) <= 32_000, Number(waits[0]) <= 500]).toEqual([[], true, true])
  expect(waits.at(-1)).toBeGreaterThanOrEqual(16_000)
})

test('what has failed for all at once is not asked by all at once', async () => {
  const waits = await Promise.all(Array.from({ length: 20 }, async () => (await failing()).fail()))
  expect(new Set(waits.map(Math.round)).size).toBeGreaterThan(10)
})

test('a success ends the waiting, and the next failure begins with half a second', async () => {
  const { latchkey, clock, refresh, fail, failAgain } = await failing()
  await fail()
  for (let i = 0; i < 6; i += 1) await failAgain()
  const down = refresh.before
  refresh.before = async () => {}
  clock.now = Number(latchkey.state.retryAt)
  await latchkey.refresh()
  refresh.before = down
  expect(await fail()).toBeLessThanOrEqual(500)
})

test('a new credential is not made to wait for what happened to the last one', async () => {
  const { latchkey, refresh, fail, failAgain } = await failing()
  await fail()
  for (let i = 0; i < 6; i += 1) await failAgain()
  await latchkey.set({ ...FIRST, access_token: 'at-set' })
  expect([latchkey.state.status, latchkey.state.retryAt]).toEqual(['signed-in', undefined])
  const calls = refresh.calls
  expect(await fail()).toBeLessThanOrEqual(500)
  expect(refresh.calls).toBe(calls + 1)
})

test.for([1, 26])('a clock set back by %s hours makes nobody wait for ever', async (hours) => {
  const { latchkey, clock, refresh, fail, failAgain } = await failing()
  await fail()
  await failAgain()
  clock.now -= hours * 3_600_000
  refresh.before = async () => {}
  await latchkey.refresh()
  expect(latchkey.state.status).toBe('signed-in')
})

test('a reload begins with nothing to wait for where there is no IndexedDB to keep it in', async () => {
  const { latchkey, store, clock, fail } = await failing()
  await fail()
  latchkey.dispose()
  const next = world({ now: () => clock.now }, store)
  await next.latchkey.refresh()
  await settled()
  expect(next.types()).toEqual(['initial', 'signed-in', 'refreshed'])
})
