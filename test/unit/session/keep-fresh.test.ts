import { expect, test, vi } from 'vitest'
import { refused, withEndpoint } from '../../shared/fixtures/token-endpoint.js'
import { keeping, meanwhile, now, pageByHand, seconds, show } from './page-by-hand.js'

pageByHand()

test('a tab that is seen renews each credential when it is due, with nothing asked of it', async () => {
  const { latchkey, refresh } = await keeping()
  await seconds(3560)
  expect(refresh.calls).toBe(0)
  await seconds(15)
  expect(refresh.calls).toBe(1)
  await seconds(3600)
  expect(refresh.calls).toBe(2)
  latchkey.dispose()
})

test('without keepFresh nothing is renewed while nothing is asked', async () => {
  const { refresh } = await keeping(false)
  await seconds(10_000)
  expect([refresh.calls, vi.getTimerCount()]).toEqual([0, 0])
})

test('a hidden tab renews nothing, and catches up once when it is shown', async () => {
  const { latchkey, refresh } = await keeping()
  show('hidden')
  await seconds(10_000)
  expect([refresh.calls, vi.getTimerCount()]).toEqual([0, 0])
  show('visible')
  await seconds(2)
  expect(refresh.calls).toBe(1)
  latchkey.dispose()
})

test('showing and hiding a tab 20 times asks nobody, and tells nobody anything', async () => {
  const { latchkey, refresh, api, events } = await keeping()
  for (let i = 0; i < 40; i += 1) {
    show(i % 2 ? 'visible' : 'hidden')
    await seconds(1)
  }
  expect([refresh.calls, api.seen, events]).toEqual([0, [], []])
  expect(vi.getTimerCount()).toBe(1)
  latchkey.dispose()
})

test('after a failure it waits as long as it was told', async () => {
  const asked = withEndpoint([refused, refused], { keepFresh: true, now })
  const { latchkey, endpoint, types } = await meanwhile(asked)
  await seconds(3575)
  expect(endpoint.spent).toHaveLength(1)
  await seconds(23)
  expect(endpoint.spent).toHaveLength(1)
  await seconds(20)
  expect(endpoint.spent).toHaveLength(2)
  await seconds(20)
  expect([endpoint.spent.length, types()]).toEqual([3, ['degraded', 'degraded', 'recovered']])
  latchkey.dispose()
})

test('a clock set back after a failure makes it wait no longer', async () => {
  const { latchkey, endpoint } = await meanwhile(withEndpoint([refused], { keepFresh: true, now }))
  await seconds(3575)
  expect(endpoint.spent).toHaveLength(1)
  vi.setSystemTime(Date.now() - 26 * 3_600_000)
  await seconds(5)
  expect([endpoint.spent.length, latchkey.state.status]).toEqual([2, 'signed-in'])
  latchkey.dispose()
})
