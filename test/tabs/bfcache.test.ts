import { describe, expect, test } from 'vitest'
import { usableEngines } from '../harness/browsers.js'
import { refreshing } from './asked.js'
import { scenesIn } from './scene.js'
import type { Tab } from './tab.js'

const watching = `void addEventListener('pageshow', ({ persisted }) => { globalThis.wasKept = persisted })`

/** By script and not at once, since a driver waits for the page that its command came to. */
async function go(tab: Tab, step: string, isThere: string): Promise<void> {
  await tab.evaluate(`void setTimeout(() => ${step}, 50)`)
  await tab.waitFor(isThere)
}

/** Leaves the page for another one, does something meanwhile, and comes back. */
async function back(tab: Tab, meanwhile: () => Promise<unknown>): Promise<void> {
  await tab.evaluate(watching)
  await go(tab, "location.assign('/page?strategy=memory')", "location.search === '?strategy=memory'")
  await meanwhile()
  await go(tab, 'history.back()', 'globalThis.wasKept')
}

describe.each(usableEngines())('in %s, a page', (engine) => {
  const scene = scenesIn(engine)

  test('with an idle instance is kept by the browser, and goes on when it comes back', async () => {
    const at = await scene()
    const tab = await at.signedIn()
    await back(tab, async () => {})
    expect([(await tab.ask()).outcome, await tab.events()]).toEqual(['200', []])
  })

  test('that comes back knows of a refresh in another tab', async () => {
    const at = await scene()
    const [tab, other] = [await at.signedIn(), await at.open()]
    await back(tab, () => other.evaluate(refreshing))
    await tab.waitFor("events.some(({ type }) => type === 'refreshed')")
    expect((await tab.ask()).token).toBe((await other.ask()).token)
    expect(at.oidc.refreshCalls).toHaveLength(1)
  })

  test('that comes back knows of a sign-out in another tab', async () => {
    const at = await scene()
    const [tab, other] = [await at.signedIn(), await at.open()]
    await back(tab, () => other.evaluate('latchkey.clear()'))
    await tab.waitFor("latchkey.state.status === 'signed-out'")
    expect((await tab.state()).reason).toBe('other-tab')
  })
})
