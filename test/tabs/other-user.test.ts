import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { usableEngines } from '../harness/browsers.js'
import type { Oidc } from '../servers/oidc/oidc.js'
import { asking } from './asked.js'
import { inRefresh } from './refreshing.js'
import { scenesIn } from './scene.js'
import type { Tab } from './tab.js'

const ways = {
  'in the same tab': async (holder: Tab) => {
    await holder.evaluate("latchkey.clear().then(() => signIn('user-2'))")
  },
  'in another tab': async (_: Tab, other: Tab) => {
    await other.evaluate("latchkey.clear().then(() => signIn('user-2'))")
  },
  'in another tab, without a sign-out': async (_: Tab, other: Tab) => {
    await other.evaluate("signIn('user-2')")
  },
}

const pathsOf = ({ apiCalls }: Oidc) => apiCalls.map(({ path }) => path)

/** Whose credential rests in localStorage, read as an attacker would. */
const stored = `Object.values(localStorage).map((text) =>
  JSON.parse(atob(JSON.parse(text).access_token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/'))).sub)`

// Firefox differs in nothing that matters here, and opens windows slowly.
describe.each(usableEngines().filter((engine) => engine !== 'firefox'))(
  'when another user signs in, in %s,',
  (engine) => {
    const scene = scenesIn(engine)

    test.each(Object.keys(ways) as (keyof typeof ways)[])(
      'during a refresh %s, only that one is left',
      async (way) => {
        const at = await scene()
        at.oidc.set({ delayMs: 600 })
        const [holder, other] = await inRefresh(at)
        await ways[way](holder, other)
        expect((await holder.outcome()).outcome).toBe('ERR_SIGNED_OUT')
        await expect.poll(() => at.oidc.refreshCalls[0]?.status, { timeout: 5000 }).toBe(200)
        await sleep(200)
        expect(pathsOf(at.oidc)).toEqual([])
        expect([(await holder.ask()).sub, (await other.ask()).sub]).toEqual(['user-2', 'user-2'])
        expect(await other.evaluate(stored)).toEqual(['user-2'])
        expect((await holder.state()).subject).toBe('user-2')
      },
    )

    test('a request that was refused before is not sent again with the new credential', async () => {
      const at = await scene()
      const [first, other] = [await at.signedIn(), await at.open()]
      at.oidc.set({ apiAlways401: true })
      await first.begin(asking('/api/first?delay=600'))
      await expect.poll(() => at.oidc.apiCalls.length).toBe(1)
      await other.evaluate("signIn('user-2')")
      expect((await first.outcome()).outcome).toBe('401')
      expect([pathsOf(at.oidc), at.oidc.refreshCalls]).toEqual([['/api/first?delay=600'], []])
    })
  },
)
