import { expect, test } from 'vitest'
import { show } from './away.js'
import { beforeEndMs } from './refreshing.js'
import { scenesIn } from './scene.js'

const scene = scenesIn('chromium')
const times = 20

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
