import { expect, test } from 'vitest'
import { beforeEndMs } from './refreshing.js'
import { scenesIn } from './scene.js'
import type { Tab } from './tab.js'

const scene = scenesIn('chromium')
const times = 20

async function show(tab: Tab, isVisible: boolean): Promise<void> {
  const { windowId } = Object(await tab.devtools('Browser.getWindowForTarget'))
  const bounds = { windowState: isVisible ? 'normal' : 'minimized' }
  await tab.devtools('Browser.setWindowBounds', { windowId, bounds })
  await tab.waitFor(`document.visibilityState === '${isVisible ? 'visible' : 'hidden'}'`)
}

test('a tab that is hidden and shown again does nothing about it', async () => {
  const at = await scene()
  const tab = await at.signedIn()
  await tab.jump(beforeEndMs)
  for (let n = 0; n < times; n++) {
    await show(tab, false)
    await show(tab, true)
  }
  expect([await tab.events(), at.oidc.refreshCalls, at.oidc.apiCalls]).toEqual([[], [], []])
})
