import { expect, test } from 'vitest'
import { afterEndMs } from './refreshing.js'
import { scenesIn } from './scene.js'
import type { Tab } from './tab.js'

const scene = scenesIn('chromium')

async function cut(tab: Tab, offline: boolean): Promise<void> {
  await tab.devtools('Network.enable')
  const unlimited = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 }
  await tab.devtools('Network.emulateNetworkConditions', { offline, ...unlimited })
}

test('without a network nobody is signed out, and with it all goes on', async () => {
  const at = await scene()
  const tab = await at.signedIn()
  await tab.jump(afterEndMs)
  await cut(tab, true)
  expect((await tab.ask()).outcome).toBe('ERR_REFRESH_FAILED')
  expect(await tab.state()).toMatchObject({ status: 'degraded', retryAt: expect.any(Number) })
  expect(at.oidc.refreshCalls).toEqual([])
  await cut(tab, false)
  await expect.poll(async () => (await tab.ask()).outcome, { timeout: 5000 }).toBe('200')
  expect((await tab.events()).map(({ type }) => type)).toEqual(['degraded', 'recovered'])
})

test('an endpoint that hangs costs one call its time, and not the next one', async () => {
  const at = await scene({ options: { refreshTimeoutSeconds: 1 } })
  const tab = await at.signedIn()
  await tab.jump(afterEndMs)
  at.oidc.set({ fault: 'hang', times: 1 })
  const { outcome, ms, retryAt } = await tab.ask()
  expect([outcome, typeof retryAt]).toEqual(['ERR_REFRESH_FAILED', 'number'])
  expect(ms).toBeGreaterThan(950)
  expect(ms).toBeLessThan(2000)
  await tab.evaluate('new Promise((resume) => setTimeout(resume, 600))')
  expect((await tab.ask()).outcome).toBe('200')
  expect(at.oidc.refreshCalls).toHaveLength(2)
})
