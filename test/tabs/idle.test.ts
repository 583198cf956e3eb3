import { describe, expect, test } from 'vitest'
import { type Scene, scenesIn } from './scene.js'
import type { Tab } from './tab.js'

const idleTimeoutSeconds = 3
const minuteMs = 60_000
const ended = { status: 'signed-out', reason: 'idle' }

const types = async (tab: Tab) => (await tab.events()).map(({ type }) => type)
const wait = (tab: Tab, ms: number) => tab.evaluate(`new Promise((go) => setTimeout(go, ${ms}))`)

async function twoTabs({ signedIn, open }: Scene): Promise<[Tab, Tab]> {
  return [await signedIn(), await open()]
}

const scene = scenesIn('chromium')

describe('an idle time-out over two tabs', () => {
  test('is put off by what is done in either, and ends both', async () => {
    const at = await scene({ options: { idleTimeoutSeconds } })
    const [tab, other] = await twoTabs(at)
    for (let asked = 0; asked < 4; asked++) {
      await wait(other, 1000)
      expect((await other.ask()).outcome).toBe('200')
    }
    expect((await tab.state()).status).toBe('signed-in')
    expect(await types(tab)).not.toContain('signed-out')
    for (const each of [tab, other]) {
      await each.waitFor("latchkey.state.status === 'signed-out'")
      expect(await each.state()).toMatchObject(ended)
    }
    expect([await tab.stored(), (await (await at.open()).state()).status]).toEqual(['', 'signed-out'])
  })
})

describe('a page that slept over the idle time-out', () => {
  const options = { idleTimeoutSeconds: 120 }

  test.each(['jwt-local', 'token', 'cookie'] as const)(
    'ends at its first request, which does not carry the credential: %s',
    async (strategy) => {
      const at = await scene({ strategy, options })
      const [tab, other] = await twoTabs(at)
      await tab.evaluate(
        `void document.addEventListener('resume', () => {
          globalThis.begun = latchkey.fetch('/api/1').then(({ status }) => status, ({ code }) => code)
        }, true)`,
      )
      await tab.freeze()
      // Set while it is frozen, as if it had been for so long.
      await Promise.all(
        [tab, other].map((each) =>
          each.devtools('Runtime.evaluate', { expression: `clockMs += ${3 * minuteMs}` }),
        ),
      )
      await tab.resume()
      await tab.waitFor('globalThis.begun')
      expect([401, 'ERR_SIGNED_OUT']).toContain(await tab.outcome())
      expect(await tab.state()).toMatchObject(ended)
      await other.waitFor("latchkey.state.status === 'signed-out'")
      expect(await other.state()).toMatchObject(ended)
      expect(at.oidc.apiCalls.map(({ token }) => token).filter((token) => token)).toEqual([])
    },
  )
})
