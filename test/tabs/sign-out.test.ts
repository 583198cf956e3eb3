import { describe, expect, test } from 'vitest'
import { usableEngines } from '../harness/browsers.js'
import type { Oidc } from '../servers/oidc/oidc.js'
import { inRefresh } from './refreshing.js'
import { scenesIn } from './scene.js'
import type { Tab } from './tab.js'

const places = [
  ['the same tab', {}],
  ['another tab', {}],
  ['another tab, without IndexedDB', { noIndexedDB: true }],
] as const

/** The refresh was answered, and its tab has had the time to do something about it. */
async function answered({ refreshCalls }: Oidc, tab: Tab): Promise<void> {
  await expect.poll(() => refreshCalls[0]?.status, { timeout: 5000 }).toBe(200)
  await tab.evaluate('new Promise((resume) => setTimeout(resume, 200))')
}

// Firefox differs in nothing that matters here, and opens windows slowly.
describe.each(usableEngines().filter((engine) => engine !== 'firefox'))(
  'a sign-out during a refresh, in %s,',
  (engine) => {
    const scene = scenesIn(engine)

    test.each(places)('in %s is final: nothing comes back and who waited is told', async (place, options) => {
      const at = await scene(options)
      at.oidc.set({ delayMs: 600 })
      const [holder, other] = await inRefresh(at)
      const isHere = place === 'the same tab'
      await (isHere ? holder : other).evaluate('latchkey.clear()')
      expect((await holder.outcome()).outcome).toBe('ERR_SIGNED_OUT')
      await answered(at.oidc, holder)
      for (const tab of [holder, other]) {
        expect(await tab.state()).toMatchObject({ status: 'signed-out' })
        expect((await tab.events()).map(({ type }) => type)).not.toContain('refreshed')
      }
      expect((await holder.state()).reason).toBe(isHere ? 'cleared' : 'other-tab')
      expect([await other.stored(), (await (await at.open()).state()).status]).toEqual(['', 'signed-out'])
      expect(at.oidc.apiCalls).toEqual([])
    })
  },
)
