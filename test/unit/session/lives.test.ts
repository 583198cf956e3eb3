import { afterEach, expect, test, vi } from 'vitest'
import { HOUR, open, twoClocks } from './two-clocks.js'

const DAY = 86_400

afterEach(() => {
  vi.restoreAllMocks()
})

test.for([
  ['1 second', 1, 10],
  ['20 minutes', 1200, 5],
  ['30 days', 30 * DAY, 5],
  ['10 years', 3650 * DAY, 5],
] as const)(
  'a life of %s is renewed once a credential, and never sent after its end',
  async ([, life, refreshes]) => {
    const clocks = twoClocks(life)
    const { ask } = await open(clocks)
    for (let i = 0; i < 100; i += 1) {
      clocks.pass(life * 50)
      await Promise.all([ask(), ask()])
    }
    expect([clocks.refreshedAt.length, clocks.late]).toEqual([refreshes, []])
  },
)

test.for([
  ['30 days', 30 * DAY],
  ['10 years', 3650 * DAY],
] as const)('a life of %s is left alone for its first hour, and renewed when it is due', async ([, life]) => {
  const clocks = twoClocks(life)
  const { ask } = await open(clocks)
  for (let i = 0; i < 60; i += 1) {
    clocks.pass(HOUR / 60)
    await ask()
  }
  expect(clocks.refreshedAt).toEqual([])
  clocks.pass((life - 31) * 1000 - HOUR)
  await ask()
  expect(clocks.refreshedAt).toEqual([])
  clocks.pass(1000)
  await ask()
  expect(clocks.refreshedAt).toEqual([life - 30])
})

test.for([
  ['1 second', 1],
  ['30 days', 30 * DAY],
  ['10 years', 3650 * DAY],
] as const)('with a life of %s no timer overflows, with keepFresh neither', async ([, life]) => {
  const timers = vi.spyOn(globalThis, 'setTimeout')
  const clocks = twoClocks(life)
  const { latchkey, ask } = await open(clocks, undefined, { keepFresh: true })
  await ask()
  latchkey.dispose()
  const delays = timers.mock.calls.map(([, delay = 0]) => delay)
  expect(delays.length).toBeGreaterThan(0)
  expect(delays.filter((delay) => !(delay < 2 ** 31))).toEqual([])
})
