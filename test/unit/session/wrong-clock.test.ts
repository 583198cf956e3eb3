import { afterEach, expect, test, vi } from 'vitest'
import { HOUR, open, twoClocks } from './two-clocks.js'

const OFFSETS = [-26, -1, 0, 1 / 3, 1, 26]
const LIFE = 1200
const STEP = 60_000

afterEach(() => {
  vi.restoreAllMocks()
})

/** A request each minute, for so many lives. */
async function live(lives: number, { clocks, ask }: { clocks: Clocks; ask: () => Promise<unknown> }) {
  for (let i = 0; i < (lives * LIFE * 1000) / STEP; i += 1) {
    clocks.pass(STEP)
    await ask()
  }
}
type Clocks = ReturnType<typeof twoClocks>

test.for(OFFSETS)(
  'a clock that is wrong by %s hours costs one refresh a life, as a right one',
  async (hours) => {
    const clocks = twoClocks(LIFE, hours * HOUR)
    await live(10, { clocks, ...(await open(clocks)) })
    expect([clocks.refreshedAt.length, clocks.late, clocks.hasty()]).toEqual([10, [], 0])
  },
)

test.for(OFFSETS.flatMap((from) => OFFSETS.map((to) => [from, to] as const)))(
  'a clock set from %s to %s hours costs at most one refresh more, and sends nothing that has ended',
  async ([from, to]) => {
    const clocks = twoClocks(LIFE, from * HOUR)
    const { ask } = await open(clocks)
    await live(2.5, { clocks, ask })
    clocks.time.offset = to * HOUR
    await live(2.5, { clocks, ask })
    expect(clocks.refreshedAt.length - 5).toBeLessThanOrEqual(1)
    expect([clocks.refreshedAt.length >= 5 - Number(to > from), clocks.late, clocks.hasty()]).toEqual([
      true,
      [],
      0,
    ])
  },
)

test.for(OFFSETS)('with a clock wrong by %s hours nothing drifts over 50 reloads', async (hours) => {
  const clocks = twoClocks(LIFE, hours * HOUR)
  const { store, ask } = await open(clocks)
  await ask()
  for (let i = 0; i < 50; i += 1) {
    clocks.pass(STEP)
    const { latchkey } = await open(clocks, store)
    await Promise.all([
      latchkey.fetch('https://api.example.com/a'),
      latchkey.fetch('https://api.example.com/b'),
    ])
    latchkey.dispose()
  }
  expect([clocks.refreshedAt, clocks.late]).toEqual([[1200, 2400], []])
})

test.for(OFFSETS)(
  '50 reloads with a clock wrong by %s hours leave what is stored as it is',
  async (hours) => {
    const clocks = twoClocks(86_400, hours * HOUR)
    const { store } = await open(clocks)
    const before = [...store.values.values()]
    for (let i = 0; i < 50; i += 1) {
      clocks.pass(STEP)
      await (await open(clocks, store)).ask()
    }
    expect([[...store.values.values()], clocks.refreshedAt]).toEqual([before, []])
  },
)

test('a clock set back while the page was closed costs one refresh, and the next reload none', async () => {
  const clocks = twoClocks(LIFE, HOUR)
  const { store } = await open(clocks)
  clocks.time.offset = -HOUR
  for (let i = 0; i < 5; i += 1) await (await open(clocks, store)).ask()
  expect(clocks.refreshedAt).toEqual([0])
})
