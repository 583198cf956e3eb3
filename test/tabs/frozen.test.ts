import { expect, test } from 'vitest'
import { repetitions } from './calls.js'
import { boundMs, inRefresh, options } from './refreshing.js'
import { scenesIn } from './scene.js'

const scene = scenesIn('chromium')

test('while the tab that refreshes is frozen others are told in time, and go on when it does', async () => {
  const at = await scene({ options, graceSeconds: 30 })
  at.oidc.set({ delayMs: 500 })
  const [holder, other] = await inRefresh(at)
  await holder.freeze()
  const { outcome, ms } = await other.ask()
  expect(outcome).toBe('ERR_REFRESH_FAILED')
  expect(ms).toBeLessThan(boundMs)
  expect(await other.state()).toMatchObject({ status: 'degraded' })
  await holder.resume()
  await expect.poll(async () => (await other.ask()).outcome, { timeout: 10_000 }).toBe('200')
  expect([(await holder.ask()).outcome, (await other.state()).status]).toEqual(['200', 'signed-in'])
  expect(repetitions(at.oidc.refreshCalls)).toBeLessThanOrEqual(1)
})
