import { describe, expect, test } from 'vitest'
import { repetitions } from './calls.js'
import { survivesHanging } from './hanging.js'
import { boundMs, inRefresh, options } from './refreshing.js'
import { scenesIn } from './scene.js'
import type { Tab } from './tab.js'

const leave = {
  closed: (tab: Tab) => tab.close(),
  frozen: (tab: Tab) => tab.freeze(),
}
const ways = ['closed', 'frozen'] as const

describe('without Web Locks', () => {
  const scene = scenesIn('chromium')

  test.each(ways)(
    'when the tab that refreshes is %s, others wait until its lease is over, and ask once more',
    async (way) => {
      const at = await scene({ options, noLocks: true, graceSeconds: 30 })
      at.oidc.set({ delayMs: 500 })
      const [holder, other] = await inRefresh(at)
      await leave[way](holder)
      const told = await other.ask()
      expect([told.outcome, (await other.state()).status]).toEqual(['200', 'signed-in'])
      expect(told.ms).toBeLessThan(boundMs)
      expect([at.oidc.refreshCalls.length, repetitions(at.oidc.refreshCalls)]).toEqual([2, 1])
      await holder.resume().catch(() => {})
      expect((await (await at.open()).ask()).outcome).toBe('200')
    },
  )

  test('when the endpoint hangs, all are told within the bound, and the next call works', async () => {
    await survivesHanging(await scene({ options, noLocks: true }))
  })
})
