import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Oidc } from '../servers/oidc/oidc.js'
import { scenesIn } from './scene.js'
import type { Tab } from './tab.js'

const hourMs = 3_600_000
const scene = scenesIn('chromium')

const hasExpired = ({ apiCalls }: Oidc) => apiCalls.some(({ expired }) => expired)

/** Waits until the token has ended, at the server and in truth. */
async function endOf(tab: Tab): Promise<void> {
  await sleep(2000)
  expect((await tab.state()).status).toBe('signed-in')
}

describe('a clock that is wrong', () => {
  test.each([-26, 26])('from the start, by %i hours, costs nothing: one refresh a life', async (hours) => {
    const at = await scene({ clock: hours * hourMs, accessTokenSeconds: 2 })
    const tab = await at.signedIn()
    const other = await at.open()
    await endOf(tab)
    expect([(await tab.ask()).outcome, (await other.ask()).outcome]).toEqual(['200', '200'])
    expect(at.oidc.refreshCalls).toHaveLength(1)
    expect(hasExpired(at.oidc)).toBe(false)
  })

  test.each([
    ['set forward', [26]],
    ['set back', [-26]],
    ['set back and forth', [-26, 52, -26]],
  ])('from now on, %s, sends no ended token, and nobody is signed out', async (_, jumps) => {
    const at = await scene({ accessTokenSeconds: 2 })
    const tab = await at.signedIn()
    for (const hours of jumps) {
      await tab.jump(hours * hourMs)
      expect((await tab.ask()).outcome).toBe('200')
    }
    await endOf(tab)
    expect((await tab.ask()).outcome).toBe('200')
    expect(hasExpired(at.oidc)).toBe(false)
    // A clock set forward can't be told from sleep: each time may cost one, as may the end.
    expect(at.oidc.refreshCalls.length).toBeLessThanOrEqual(jumps.length + 1)
    expect((await tab.events()).map(({ status }) => status)).not.toContain('signed-out')
  })
})

describe('three hours of sleep', () => {
  test('in which no timer ran are seen at the next call, which refreshes first and once', async () => {
    const at = await scene()
    const tabs = [await at.signedIn(), await at.open()]
    for (const tab of tabs) await tab.jump(3 * hourMs)
    const outcomes = await Promise.all(tabs.map(async (tab) => (await tab.ask()).outcome))
    expect([outcomes, at.oidc.refreshCalls.length]).toEqual([['200', '200'], 1])
    expect(new Set(at.oidc.apiCalls.map(({ token }) => token)).size).toBe(1)
  })
})
