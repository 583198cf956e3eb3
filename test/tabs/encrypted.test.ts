import { describe, expect, test } from 'vitest'
import { usableEngines } from '../harness/browsers.js'
import { refreshing } from './asked.js'
import { repetitions } from './calls.js'
import { afterEndMs } from './refreshing.js'
import { scenesIn } from './scene.js'

describe.each(usableEngines())('what is encrypted, in %s,', (engine) => {
  const scene = scenesIn(engine)

  test('is one credential for all tabs: found, renewed once, and cleared', async () => {
    const at = await scene({ strategy: 'jwt-encrypted' })
    const first = await at.signedIn()
    const tabs = [first, await at.open(), await at.open()]
    const before = await Promise.all(tabs.map((tab) => tab.ask()))
    expect(new Set(before.map(({ token }) => token)).size).toBe(1)
    for (const tab of tabs) await tab.jump(afterEndMs)
    const after = await Promise.all(tabs.map((tab) => tab.ask()))
    expect(after.map(({ outcome }) => outcome)).toEqual(['200', '200', '200'])
    expect(new Set(after.map(({ token }) => token)).size).toBe(1)
    expect(at.oidc.refreshCalls).toHaveLength(1)
    expect(await first.stored()).toMatch(/^\{"v":1,"generation":[\d.]+,"iv":"[^"]+","data":"[^"]+"\}$/)
    await first.evaluate('latchkey.clear()')
    for (const tab of tabs) await expect.poll(async () => (await tab.state()).status).toBe('signed-out')
    expect(await first.stored()).toBe('')
  })

  test('and was in clear: a tab of the earlier version goes on until the newer one has renewed it', async () => {
    const at = await scene()
    const older = await at.signedIn()
    const newer = await at.open({ strategy: 'jwt-encrypted' })
    await expect.poll(() => newer.stored()).toMatch(/"iv"/)
    expect((await older.ask()).token).toBe((await newer.ask()).token)
    await newer.evaluate(refreshing)
    await expect.poll(async () => (await older.state()).reason, { timeout: 5000 }).toBe('other-tab')
    expect([(await older.ask()).outcome, (await newer.ask()).outcome]).toEqual(['401', '200'])
    expect([at.oidc.refreshCalls.length, repetitions(at.oidc.refreshCalls)]).toEqual([1, 0])
  })
})
