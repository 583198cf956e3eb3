import { describe, expect, test } from 'vitest'
import type { ApiCall } from '../servers/oidc/records.js'
import { type Asked, asking } from './asked.js'
import { type Scene, scenesIn } from './scene.js'
import type { Tab } from './tab.js'

const scene = scenesIn('chromium')
const count = 20

/** A tab whose access token the API does not know; what it is renewed with is good. */
async function refusedTab({ oidc, open }: Scene): Promise<Tab> {
  const { refresh_token } = await oidc.signIn()
  const tab = await open()
  await tab.evaluate(`latchkey.set({ access_token: 'spent', refresh_token: '${refresh_token}' })`)
  return tab
}

/** Asks for so many paths at once. */
function askAll(tab: Tab): Promise<Asked[]> {
  const calls = Array.from({ length: count }, (_, n) => asking(`/api/${n}`))
  return tab.evaluate(`Promise.all([${calls}])`)
}

function callsByPath(calls: readonly ApiCall[]): ApiCall[][] {
  const paths = [...new Set(calls.map(({ path }) => path))]
  return paths.map((path) => calls.filter((call) => call.path === path))
}

describe('after a 401', () => {
  test('that comes for 20 requests over three seconds there is one refresh, and each is sent once more', async () => {
    const at = await scene({ strategy: 'token', accessTokenFormat: 'opaque' })
    const tab = await refusedTab(at)
    // A browser has six connections to an origin, so the answers come in over more than three seconds.
    at.oidc.set({ delayMs: 500, apiDelayMs: 600 })
    const asked = await askAll(tab)
    const [{ token } = {}] = asked
    expect(asked.map(({ outcome }) => outcome)).toEqual(Array(count).fill('200'))
    expect(at.oidc.refreshCalls).toHaveLength(1)
    for (const [first, second, third] of callsByPath(at.oidc.apiCalls)) {
      expect([first?.status, second?.status, third]).toEqual([401, 200, undefined])
      expect(second?.token).toBe(token)
    }
  })

  test('that comes whatever is sent, the second answer is given back and nobody asks for a third', async () => {
    const at = await scene({ strategy: 'token', accessTokenFormat: 'opaque' })
    const tab = await refusedTab(at)
    at.oidc.set({ apiAlways401: true })
    for (let round = 1; round <= 2; round++) {
      const asked = await askAll(tab)
      expect(asked.map(({ outcome }) => outcome)).toEqual(Array(count).fill('401'))
    }
    expect(at.oidc.refreshCalls).toHaveLength(1)
    // The second time, the credential is so new that another one would be refused, too.
    expect(at.oidc.apiCalls).toHaveLength(3 * count)
  })
})
