import { expect, test } from 'vitest'
import { codeOf } from '../../shared/fixtures/events.js'
import { deferred, sleep } from '../../shared/fixtures/faults.js'
import { ME, signedIn } from '../../shared/fixtures/instance.js'

/** An instance whose credential has ended, or is refused, and whose refresh ends when it is told. */
async function refreshing(why: 'ended' | 'refused') {
  const made = await signedIn({ refreshTimeoutSeconds: 5 })
  const answer = deferred()
  const signals: AbortSignal[] = []
  made.refresh.before = ({ signal }) => {
    signals.push(signal)
    return answer.promise
  }
  if (why === 'ended') made.clock.now += 3601 * 1000
  else made.api.good = 'another'
  const ask = (signal?: AbortSignal) => made.latchkey.fetch(ME, signal ? { signal } : {})
  return { ...made, answer, signals, ask, stored: () => [...made.store.values.values()].join() }
}

test.for(['ended', 'refused'] as const)(
  'of two that wait since the credential is %s, one’s abort ends its own waiting, at once',
  async (why) => {
    const { ask, answer, signals, refresh } = await refreshing(why)
    const aborter = new AbortController()
    const [aborted, other] = [codeOf(ask(aborter.signal)), ask()]
    await sleep(10)
    const start = performance.now()
    aborter.abort()
    expect(await aborted).toMatchObject({ name: 'AbortError' })
    expect(performance.now() - start).toBeLessThan(200)
    expect(signals.map((signal) => signal.aborted)).toEqual([false])
    answer.resolve()
    expect([(await other).status, refresh.calls]).toEqual([200, 1])
  },
)

test('the reason of an abort is the caller’s own, whatever it is', async () => {
  const { ask } = await refreshing('ended')
  const [aborter, reason] = [new AbortController(), { mine: true }]
  const aborted = ask(aborter.signal).catch((error: unknown) => error)
  aborter.abort(reason)
  expect(await aborted).toBe(reason)
})

test.for(['ended', 'refused'] as const)(
  'when all abort who wait since it is %s, the rotation completes and is stored',
  async (why) => {
    const { latchkey, ask, answer, signals, stored } = await refreshing(why)
    const aborter = new AbortController()
    const all = Array.from({ length: 3 }, () => codeOf(ask(aborter.signal)))
    await sleep(10)
    aborter.abort()
    await Promise.all(all)
    expect(signals.map((signal) => signal.aborted)).toEqual([false])
    answer.resolve()
    await expect.poll(stored).toContain('rt-1')
    expect(latchkey.state.status).toBe('signed-in')
  },
)

test('a request that was aborted before begins no refresh', async () => {
  const { ask, refresh } = await refreshing('ended')
  expect(await codeOf(ask(AbortSignal.abort()))).toMatchObject({ name: 'AbortError' })
  await sleep(20)
  expect(refresh.calls).toBe(0)
})

test('all who wait for one refresh that fails are told of the same failure', async () => {
  const { latchkey, ask, answer } = await refreshing('ended')
  const all = [ask(), ask(), latchkey.refresh()].map((asked) => asked.catch((error: unknown) => error))
  await sleep(5)
  answer.reject(new Error('down'))
  const [error, ...more] = await Promise.all(all)
  expect(error).toMatchObject({ code: 'ERR_REFRESH_FAILED', cause: { message: 'down' } })
  expect(more.every((other) => other === error)).toBe(true)
})
