import { afterEach, expect, test, vi } from 'vitest'
import { deferred } from '../../shared/fixtures/faults.js'
import { ME, signedIn } from '../../shared/fixtures/instance.js'

afterEach(() => vi.restoreAllMocks())

/** How many listeners the one signal gets that gets the most, while so many requests wait for one refresh. */
async function listenersFor(requests: number, secondsLeft: number): Promise<number> {
  const { latchkey, api, refresh, clock } = await signedIn()
  const late = deferred()
  refresh.before = () => late.promise
  api.good = 'another'
  clock.now += (3600 - secondsLeft) * 1000
  const adding = vi.spyOn(AbortSignal.prototype, 'addEventListener')
  const asked = Array.from({ length: requests }, () => latchkey.fetch(ME))
  await vi.waitFor(() => expect(refresh.calls).toBe(1))
  late.resolve()
  await Promise.all(asked)
  const counts = new Map<unknown, number>()
  for (const signal of adding.mock.contexts) counts.set(signal, (counts.get(signal) ?? 0) + 1)
  adding.mockRestore()
  expect(refresh.calls).toBe(1)
  return Math.max(...counts.values())
}

// Browsers look for a listener among all that a signal has, so many on one cost the square of their number.
test.each([
  ['was refused', 3600],
  ['is about to end', 5],
  ['has ended', 0],
])(
  '50 requests that wait because the credential %s add no more listeners to a signal than one',
  async (_, left) => {
    expect(await listenersFor(50, left)).toBe(await listenersFor(1, left))
  },
)
