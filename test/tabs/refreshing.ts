import { asking } from './asked.js'
import { refreshes } from './calls.js'
import type { Scene } from './scene.js'
import type { Tab } from './tab.js'

/** Small bounds, so that a test can wait for them. */
export const options = { refreshTimeoutSeconds: 1.5, storageTimeoutSeconds: 0.5 }

/** The longest that a call may take: to wait for its turn, to ask the server, and to read and write in between. */
export const boundMs = 1500 + 1500 + 3 * 500

/** Tabs live for a minute with a credential; so much later it has ended for them. */
export const afterEndMs = 90_000

/** Later, but before its end: it is time to renew it. */
export const beforeEndMs = 50_000

/** Two tabs whose clocks have gone on, of which one is asking the server for the next credential. */
export async function inRefresh(scene: Scene, laterMs = afterEndMs): Promise<[holder: Tab, other: Tab]> {
  const [holder, other] = [await scene.signedIn(), await scene.open()]
  await Promise.all([holder.jump(laterMs), other.jump(laterMs)])
  await holder.begin(asking('/api/holder'))
  await refreshes(scene.oidc, 1)
  return [holder, other]
}
