import { describe, expect, test } from 'vitest'
import { usableEngines } from '../harness/browsers.js'
import { repetitions } from './calls.js'
import { survivesHanging } from './hanging.js'
import { boundMs, inRefresh, options } from './refreshing.js'
import { scenesIn } from './scene.js'
import type { Tab } from './tab.js'

const leave = {
  closed: (tab: Tab) => tab.close(),
  reloaded: (tab: Tab) => tab.reload(),
}
const ways = ['closed', 'reloaded'] as const

describe.each(usableEngines())('in %s', (engine) => {
  const scene = scenesIn(engine)

  test.each(ways)('when the tab that refreshes is %s, another asks once more and all go on', async (way) => {
    const at = await scene({ options, graceSeconds: 30 })
    at.oidc.set({ delayMs: 500 })
    const [holder, other] = await inRefresh(at)
    await leave[way](holder)
    const { outcome, ms } = await other.ask()
    expect([outcome, (await other.state()).status]).toEqual(['200', 'signed-in'])
    expect(ms).toBeLessThan(boundMs)
    expect([at.oidc.refreshCalls.length, repetitions(at.oidc.refreshCalls)]).toEqual([2, 1])
    expect((await (await at.open()).ask()).outcome).toBe('200')
  })

  test('when its answer is lost for good, the session is said to have ended for that', async () => {
    const at = await scene({ options })
    at.oidc.set({ delayMs: 500 })
    const [holder, other] = await inRefresh(at)
    await holder.close()
    expect((await other.ask()).ms).toBeLessThan(boundMs)
    expect(await other.state()).toMatchObject({ status: 'signed-out', reason: 'rotation-outcome-unknown' })
    expect(at.oidc.refreshCalls).toHaveLength(2)
  })

  test('when the endpoint hangs, all are told within the bound, and the next call works', async () => {
    await survivesHanging(await scene({ options }))
  })
})
