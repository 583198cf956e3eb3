import { afterEach, expect, test, vi } from 'vitest'
import { codeOf } from '../../shared/fixtures/events.js'
import { HOUR, open, twoClocks } from './two-clocks.js'

afterEach(() => {
  vi.restoreAllMocks()
})

test('after three hours of sleep one refresh comes first, for all who ask, with no timer fired', async () => {
  const timers = vi.spyOn(globalThis, 'setTimeout')
  const clocks = twoClocks(60)
  const { ask } = await open(clocks)
  await ask()
  clocks.sleep(3 * HOUR)
  await Promise.all(Array.from({ length: 20 }, ask))
  expect([clocks.refreshedAt, clocks.late, timers.mock.calls]).toEqual([[10_800], [], []])
})

test('sleep upon sleep, each costs one refresh', async () => {
  const clocks = twoClocks(60)
  const { ask } = await open(clocks)
  for (let i = 0; i < 5; i += 1) {
    clocks.sleep(3 * HOUR)
    await ask()
    await ask()
  }
  expect([clocks.refreshedAt.length, clocks.late]).toEqual([5, []])
})

test('a sleep that ends before the credential does costs nothing', async () => {
  const clocks = twoClocks(4 * 3600)
  const { ask } = await open(clocks)
  clocks.sleep(3 * HOUR)
  await ask()
  expect(clocks.refreshedAt).toEqual([])
  clocks.sleep(HOUR)
  await ask()
  expect([clocks.refreshedAt, clocks.late]).toEqual([[14_400], []])
})

test('a laptop that wakes before its network does stays signed in', async () => {
  const clocks = twoClocks(60)
  const { refresh } = clocks.options
  let isOnline = false
  const { latchkey, ask, store } = await open(clocks, undefined, {
    refresh: async (context: Parameters<NonNullable<typeof refresh>>[0]) => {
      if (!isOnline) throw new TypeError('Failed to fetch')
      return refresh?.(context)
    },
  })
  clocks.sleep(3 * HOUR)
  expect(await codeOf(ask())).toBe('ERR_REFRESH_FAILED')
  expect([latchkey.state.status, store.values.size]).toEqual(['degraded', 1])
  isOnline = true
  clocks.pass(1000)
  await ask()
  expect([latchkey.state.status, clocks.late]).toEqual(['signed-in', []])
})
