import { describe, expect, test } from 'vitest'
import { usableEngines } from '../harness/browsers.js'
import { replaced } from './away.js'
import { type SceneOptions, scenesIn } from './scene.js'

/** What keeps a page out of bfcache; Chromium alone says it. */
const obstacles = "performance.getEntriesByType('navigation')[0].notRestoredReasons ?? null"

const busy = { keepFresh: true, idleTimeoutSeconds: 50 }
const scenes: SceneOptions[] = [
  { strategy: 'jwt-local' },
  { strategy: 'token', options: busy },
  { strategy: 'session', noLocks: true, noChannel: true },
]
const named = (options: SceneOptions): [string, SceneOptions] => [JSON.stringify(options), options]

describe.each(usableEngines())('in %s, a page with an idle instance', (engine) => {
  const scene = scenesIn(engine)
  // The others say no reasons, and open windows slowly.
  const some = engine === 'chromium' ? scenes : scenes.slice(0, 1)

  test.each(some.map(named))(
    'is kept by the browser, and goes on when it comes back: %s',
    async (_, options) => {
      const at = await scene(options)
      const tab = await at.signedIn()
      expect((await tab.ask()).outcome).toBe('200')
      const comeBack = await replaced(tab)
      await comeBack()
      expect(await tab.evaluate(obstacles)).toBeNull()
      expect(await tab.evaluate('globalThis.backAt')).toBeGreaterThan(0)
      expect([(await tab.ask()).outcome, await tab.events()]).toEqual(['200', []])
    },
  )
})
