import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, openBrowser, type Page, usableEngines } from '../harness/browsers.js'
import { type DemoPage, demoPage } from './demo-page.js'
import { type Demo, startDemo } from './demo-process.js'

let demo: Demo
beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo?.stop())

const inside = "document.querySelector('latchkey-inspector').shadowRoot"

/** What the inspector of a page says. */
const inspectorOf = (page: Page) => ({
  rows: () =>
    page.evaluate<string[]>(`[...${inside}.querySelectorAll('li > span')].map((row) => row.textContent)`),
  says: (text: string) => page.waitFor(`${inside}.textContent.includes(${JSON.stringify(text)})`),
  facts: () =>
    page.evaluate<string[]>(`[...${inside}.querySelectorAll('dl dd')].map((fact) => fact.textContent)`),
})

describe.each(usableEngines())('the inspector in the demo, in %s,', (engine) => {
  let browser: Browser
  let shown: DemoPage
  beforeAll(async () => {
    browser = await openBrowser(engine)
    shown = demoPage(await browser.open(demo.url))
  })
  afterAll(() => browser?.close())

  test('shows the way that is chosen: why each request carried its credential, or not', async () => {
    const { rows, facts, says } = inspectorOf(shown.page)
    const api = new URL(demo.url).origin
    await shown.choose('jwt-local')
    await says('localStorage, also after the browser was closed')
    await shown.press('get')
    await shown.signIn('Grace')
    await shown.press('get')
    await shown.press('foreign')
    await says('the origin is not on the list')
    expect((await rows()).slice(0, 5).reverse()).toEqual([
      `this tab · jwt sent a request to ${api} without: nobody is signed in`,
      `this tab · jwt sent a request to ${api} without: nobody is signed in`,
      'this tab · jwt signed in',
      `this tab · jwt sent a request to ${api} with the credential, or left its cookie to the browser`,
      expect.stringContaining('without: the origin is not on the list'),
    ])
    const [status, user, strategy, , fingerprint] = await facts()
    expect([status, user, strategy, fingerprint]).toEqual([
      'signed-in',
      'Grace',
      'jwt',
      expect.stringMatching(/^[\da-f]{8}$/),
    ])
    await shown.choose('token')
    await says('indexedDB')
  })

  test('goes by the way that is chosen on the page, also where the address does not name it', async () => {
    await shown.page.evaluate("void (location.hash = '#limits')")
    await shown.page.evaluate("void (location.hash = '#side-by-side')")
    await shown.signIn('Grace')
    await shown.press('get')
    const [, , strategy] = await inspectorOf(shown.page).facts()
    expect(strategy).toBe('token')
  })

  test('names the tab that renewed it, and tells the refresh apart from what it takes over', async () => {
    const other = demoPage(await browser.open(`${demo.url}/#side-by-side/jwt-local`))
    await shown.choose('jwt-local')
    await inspectorOf(other.page).says('signed-in')
    await shown.press('refresh')
    await inspectorOf(shown.page).says('this tab · jwt renewed the credential')
    await inspectorOf(other.page).says('tab 2 · jwt renewed the credential')
    await inspectorOf(other.page).says('this tab · jwt took over what another tab has renewed')
    await other.page.close()
  })

  test('goes on after the page was given another instance, and breaks nothing of the policy', async () => {
    expect(await shown.press('tamper')).toContain('One character was changed')
    await shown.press('get')
    await inspectorOf(shown.page).says('this tab · jwt renewed the credential')
    const [all, token] = await Promise.all([
      shown.page.evaluate<string>(`${inside}.innerHTML`),
      shown.page.evaluate<string>("JSON.parse(localStorage.getItem('latchkey.jwt.jwt-local')).access_token"),
    ])
    expect([token.length > 50, all.includes(token.slice(-20)), await shown.problems()]).toEqual([
      true,
      false,
      '',
    ])
  })
})
