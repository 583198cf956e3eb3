import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { asking } from './asked.js'
import { boundMs, inRefresh } from './refreshing.js'
import type { Scene } from './scene.js'

/** One refresh is never answered: all who wait for it are told so in time, and what they ask next is answered. */
export async function survivesHanging(at: Scene): Promise<void> {
  at.oidc.set({ fault: 'hang', times: 1 })
  const [holder, other] = await inRefresh(at)
  await other.begin(asking('/api/other'))
  const told = [await holder.outcome(), await other.outcome()]
  expect(told.map(({ outcome }) => outcome)).toEqual(['ERR_REFRESH_FAILED', 'ERR_REFRESH_FAILED'])
  expect(Math.max(...told.map(({ ms }) => ms))).toBeLessThan(boundMs)
  await sleep(600)
  expect([(await other.ask()).outcome, (await holder.ask()).outcome]).toEqual(['200', '200'])
  expect(at.oidc.refreshCalls).toHaveLength(2)
}
