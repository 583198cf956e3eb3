import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, openBrowser, usableEngines } from '../harness/browsers.js'
import { sharedOut } from '../harness/shared-out.js'
import { type DemoPage, demoPage } from './demo-page.js'
import { type Demo, startDemo } from './demo-process.js'
import { screenshot } from './screenshot.js'
import { type Story, stories } from './stories.js'

let demo: Demo
beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo?.stop())

const engines = usableEngines()

describe.each(engines)('the demo in %s', (engine) => {
  let browser: Browser
  let shown: DemoPage
  beforeAll(async () => {
    browser = await openBrowser(engine)
    shown = demoPage(await browser.open(demo.url))
  })
  afterAll(() => browser?.close())

  // What script sends each engine sends alike, and `side-by-side` has each of them run the story in all ways.
  const ways = [
    ...stories.filter(({ sentBy }) => sentBy === 'browser'),
    ...sharedOut(
      stories.filter(({ sentBy }) => sentBy !== 'browser'),
      engine,
      engines,
    ),
  ]
  describe.each(ways)('$title', (story: Story) => {
    test('signed out, a call is refused and buttons that make no sense are disabled', async () => {
      await shown.choose(story.way)
      expect(await shown.press('get')).toContain('The server refused: 401')
      expect(await shown.isDisabled('sign-out')).toBe(true)
      expect(await shown.text('[data-fact=rests]')).toContain('Nowhere')
    })

    test('after signing in, the server gets the credential, and the page tells by whom', async () => {
      await shown.signIn('Grace')
      expect(await shown.press('get')).toContain('it knows you as Grace')
      expect(await shown.lines('attached')).toEqual([expect.stringMatching(story.attached)])
      expect(await shown.text('[data-fact=rests]')).toMatch(story.rests)
      expect(await shown.text('[data-fact=ends]')).toMatch(/^In \d+:\d\d min$/)
    })

    test('a POST carries it, too, with a CSRF header where the browser attaches the credential', async () => {
      expect(await shown.press('post')).toContain('it knows you as Grace')
      const guards = (await shown.lines('attached')).filter((line) => /^x-xsrf-token/i.test(line))
      expect(guards).toHaveLength(story.sentBy === 'browser' ? 1 : 0)
    })

    test('a refresh brings a new token, where there is a refresh token', async () => {
      expect(await shown.offers('refresh')).toBe(story.isRefreshable)
      if (!story.isRefreshable) return
      await shown.press('get')
      const before = await shown.lines('attached')
      expect(await shown.press('refresh')).toContain('Renewed')
      expect(await shown.press('get')).toContain('it knows you as Grace')
      expect(await shown.lines('attached')).not.toEqual(before)
    })

    test('it survives a reload', async () => {
      await shown.reload()
      expect(await shown.text('[data-fact=status]')).toContain('signed-in')
      expect(await shown.press('get')).toContain('it knows you as Grace')
    })

    test('nothing of it reaches a foreign origin', async () => {
      expect(await shown.press('foreign')).toContain('Nothing of ours left')
      const arrived = (await shown.lines()).join('\n')
      expect(arrived).toMatch(/^GET \/collect\?visit=[\w-]{36} HTTP/)
      expect(arrived).not.toMatch(/^(authorization|cookie|dpop|x-auth-token|x-xsrf-token):|access_token/im)
      expect(await shown.text('.log li')).toMatch(/not-attached to http:.*, because: foreign-origin$/)
    })

    test('a forged or changed credential is refused', async () => {
      expect(await shown.press(story.attack)).toMatch(story.refused)
      expect(await shown.press('get')).toContain(story.afterwards)
    })

    test('signing out ends it here and on the server, also after a reload', async () => {
      expect(await shown.press('sign-out')).toContain(story.goodbye)
      expect(await shown.text('[data-fact=rests]')).toContain('Nowhere')
      await shown.reload()
      expect(await shown.text('[data-fact=status]')).toBe('signed-out')
      expect(await shown.press('get')).toContain('The server refused: 401')
    })

    test('nothing went wrong unseen', async () => {
      expect(await shown.problems()).toBe('')
    })
  })
  test('a new tab knows what the browser keeps, and nothing of what another tab keeps', async () => {
    for (const way of ['jwt-local', 'jwt-session']) {
      await shown.choose(way)
      await shown.signIn('Grace')
    }
    const other = demoPage(await browser.open(demo.url))
    await other.choose('jwt-local')
    expect(await other.text('[data-fact=status]')).toBe('signed-in as Grace')
    await other.choose('jwt-session')
    expect(await other.text('[data-fact=status]')).toBe('signed-out')
    await other.page.close()
    await shown.page.screenshot(screenshot(`demo-${engine}.png`))
  })

  test('a session that nobody has noted here is found again: the server is asked', async () => {
    await shown.choose('session')
    await shown.signIn('Grace')
    await shown.page.evaluate('localStorage.clear()')
    await shown.reload()
    await shown.choose('session')
    await shown.page.waitFor(
      "document.querySelector('[data-fact=status]').textContent === 'signed-in as Grace'",
    )
    expect(await shown.press('sign-out')).toContain('The server ended it')
  })

  test('the script cookie is one that ends with the browser', async () => {
    await shown.choose('cookie')
    await shown.signIn('Grace')
    const kept = "globalThis.cookieStore?.get('demo_token')"
    expect(await shown.page.evaluate(`Promise.resolve(${kept}).then((it) => it?.expires ?? null)`)).toBe(null)
  })

  test('the script-tag page signs in, calls, survives a reload and signs out', async () => {
    const page = await browser.open(`${demo.url}/script-tag.html`)
    const answers = (text: string) =>
      page.waitFor(`document.querySelector('#answer').textContent.includes(${JSON.stringify(text)})`)
    await page.click('#sign-in button')
    await answers('Signed in as Ada')
    await page.reload()
    await page.waitFor("document.querySelector('#subject').textContent === 'Ada'")
    await page.click('#call')
    await answers('"name": "Ada"')
    expect(await page.evaluate("document.querySelector('#answer').textContent")).toMatch(/Bearer eyJ/)
    await page.click('#sign-out')
    await answers('Signed out')
    await page.click('#call')
    await answers('no_credential')
    await page.close()
  })
})
