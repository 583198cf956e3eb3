import { describe, expect, test } from 'vitest'
import { beforeEndMs, inRefresh, options } from './refreshing.js'
import { scenesIn } from './scene.js'
import type { Tab } from './tab.js'

const soonMs = 50

/** The quickest of some calls, since the machine may be slow at any one of them. */
async function quickest(tab: Tab): Promise<number> {
  const times: number[] = []
  while (times.length < 7) {
    const { outcome, ms } = await tab.ask()
    expect(outcome).toBe('200')
    times.push(ms)
  }
  return Math.min(...times)
}

describe.each([false, true])('a credential that has not ended, without Web Locks: %s,', (noLocks) => {
  const scene = scenesIn('chromium')

  test.each(['hangs', 'is frozen'])('is used at once while the tab that renews it %s', async (fault) => {
    const at = await scene({ options: { ...options, refreshTimeoutSeconds: 5 }, noLocks })
    at.oidc.set({ fault: 'hang' })
    const [holder, other] = await inRefresh(at, beforeEndMs)
    if (fault === 'is frozen') await holder.freeze()
    expect(await quickest(other)).toBeLessThan(soonMs)
    expect(at.oidc.refreshCalls).toHaveLength(1)
    if (fault === 'is frozen') await holder.resume()
  })
})
