import { expect, test } from 'vitest'
import { refreshing } from './asked.js'
import { afterEndMs } from './refreshing.js'
import { scenesIn } from './scene.js'

const scene = scenesIn('chromium')
const lagMs = 400

/** Browsers may show one process for a while what another has replaced in localStorage; here it is certain. */
const lagging = `(() => {
  const { getItem } = Storage.prototype
  const before = { ...localStorage }
  Storage.prototype.getItem = (key) => before[key]
  setTimeout(() => { Storage.prototype.getItem = getItem }, ${lagMs})
})()`

test('a tab that does not see yet what another has stored waits for that, and refreshes nothing', async () => {
  const at = await scene()
  const [first, behind] = [await at.signedIn(), await at.open()]
  for (const tab of [first, behind]) await tab.jump(afterEndMs)
  await behind.evaluate(lagging)
  await first.evaluate(refreshing)
  expect((await behind.ask()).outcome).toBe('200')
  expect([at.oidc.refreshCalls.length, (await behind.state()).status]).toEqual([1, 'signed-in'])
  expect((await behind.ask()).token).toBe((await first.ask()).token)
})
