import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, type Engine, openBrowser, type Page, usableEngines } from '../harness/browsers.js'
import { makeHome } from '../harness/home.js'
import { openWithPuppeteer } from '../harness/puppeteer.js'
import { ask } from './client.js'
import { type Demo, startDemo } from './demo-process.js'
import { limitCard } from './limit-card.js'

let demo: Demo
beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo?.stop())

const traces = `({
  cookies: document.cookie.split('; ').sort(),
  stored: [localStorage, sessionStorage].map((storage) => Object.entries(storage).sort()),
})`

const signInWithSession = `fetch('/api/session/login', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', 'X-XSRF-TOKEN': document.cookie.match(/XSRF-TOKEN=([^;]+)/)[1] },
  body: JSON.stringify({ name: 'Grace' }),
}).then((answer) => answer.status)`

const sessionUser = "fetch('/api/session/me').then((answer) => answer.json()).then((user) => user?.sub)"

const common = {
  size: /^Dropped without an error\. The cookie that was there before is still there/,
  latin1: 'token-é',
  count: /^When number 181 came, this browser dropped 31\. It has 150 left\./,
}

/** What the browsers do not agree about. */
const answers: Record<Engine, { size: RegExp; latin1: string; count: RegExp }> = {
  chromium: common,
  firefox: common,
  // That of GTK limits neither bytes nor cookies, and sends a header as UTF-8.
  webkit: { size: /^Kept\.$/, latin1: 'token-Ã©', count: /^This browser kept all of 201/ },
}

interface Seen {
  readonly line: string
  readonly headers: readonly (readonly [string, string])[]
}

/** What the other origin's server has of each of the page's visits, asked of the server itself. */
async function foreignLog(page: Page): Promise<string[]> {
  const source = "performance.getEntriesByType('resource').map(({ name }) => name)"
  const asked = (await page.evaluate<string[]>(source)).filter((url) => url.includes('/log?visit='))
  const logs = await Promise.all(asked.map(async (url): Promise<Seen[]> => (await fetch(url)).json()))
  return logs.map((log) => log.map(summary).join(', ')).filter(Boolean)
}

function summary({ line, headers }: Seen): string {
  const ours = headers.filter(([name, value]) => /^authorization$/i.test(name) || /limits_origin/.test(value))
  return [line.split(' ')[0], ...ours.map(([name]) => name.toLowerCase())].join(' ')
}

test('the server shows a page what arrived of its tries, and of no other cookie or token', async () => {
  const url = `${demo.url}/api/lab/limits/arrived`
  const headers = { Cookie: 'demo_token=secret; limits_1=1', Authorization: 'Bearer secret' }
  const { body } = await ask(`${url}?access_token=token`, { headers })
  expect(body).toEqual({
    count: 2,
    cookies: ['limits_1=1'],
    header: null,
    query: 'token',
    isAuthorized: true,
  })
  expect((await ask(`${url}?access_token=${'x'.repeat(65)}`)).status).toBe(400)
  expect((await ask(url, { method: 'POST' })).status).toBe(405)
})

describe.each(usableEngines())('the limits in %s', (engine) => {
  let browser: Browser
  let page: Page
  let before: unknown
  const home = makeHome()
  const open = () =>
    engine === 'webkit' ? openBrowser(engine) : openWithPuppeteer(engine, join(home.path, 'profile'))
  beforeAll(async () => {
    browser = await open()
    page = await browser.open(`${demo.url}/#limits`)
    before = await page.evaluate(traces)
  })
  afterAll(async () => {
    await browser?.close()
    home.remove()
  })

  test('a sign-in that is not used is announced to end, and a request makes it last', async () => {
    const card = limitCard(page, 'idle')
    expect(await card.press('send')).toBe('Sign in first.')
    expect(await card.press()).toContain('signed-in')
    await card.says('going-idle')
    const shown = await card.press('send')
    expect(shown).toContain('active')
    expect(shown).toContain('The server got a request with the credential.')
    // It goes on to its end beside the others, and is looked at after them.
  })

  test('a cookie beyond 4096 bytes is dropped without an error, or kept against the rule, and latchkey refuses it', async () => {
    const card = limitCard(page, 'size')
    await card.press()
    const {
      'document.cookie, 4095 bytes': fits,
      'document.cookie, 4097 bytes': over,
      ...rest
    } = await card.rows()
    expect(fits).toBe('Kept.')
    expect(over).toMatch(answers[engine].size)
    const [, withCookie, withLocal] = Object.values(rest)
    expect(withCookie).toMatch(/^ERR_COOKIE_REFUSED: .*4097 bytes of 4096/)
    expect(withLocal).toMatch(/^Taken: a token of \d{4} characters rests in localStorage\.$/)
  })

  test('beyond ASCII only the query brings a value whole, and latchkey refuses it before', async () => {
    const card = limitCard(page, 'ascii')
    await card.press()
    const rows = await card.rows()
    expect(rows['cookie token-好']).toMatch(/The server reads: (?!token-好)/)
    expect(rows['header token-好']).toMatch(/^TypeError: ./)
    expect(rows['header token-é']).toBe(`The server reads: ${answers[engine].latin1}`)
    expect(rows['query token-好']).toBe('The server reads: token-好')
    const given = Object.entries(rows).flatMap(([tried, answer]) => (/^latchkey/.test(tried) ? answer : []))
    expect(given).toEqual(Array(3).fill('ERR_CREDENTIAL_MALFORMED'))
  })

  test('the credential goes to another origin that is on the list, after a preflight; cookies know no ports', async () => {
    const card = limitCard(page, 'origin')
    expect(await card.press()).toMatch(/^The list decides/)
    const arrived = (await card.answers()).map((answer) => answer.replace(/, in [\d.]+ ms\./, ';'))
    expect(arrived).toEqual([
      'Arrived there: OPTIONS, GET; With it: Authorization.',
      'Arrived there: GET; With it: nothing.',
      'Arrived there: GET; With it: nothing.',
      'Arrived there: GET; With it: Cookie.',
    ])
    expect(await foreignLog(page)).toEqual(['OPTIONS, GET authorization', 'GET', 'GET', 'GET cookie'])
  })

  test('cookies are counted at a host of its own, and a session here outlives that', async () => {
    expect(await page.evaluate(signInWithSession)).toBe(200)
    const shown = "[...document.querySelectorAll('#limit-count .row > *')].map((one) => one.offsetWidth > 0)"
    expect(await page.evaluate(shown)).toEqual([true, false])
    const other = await browser.open(
      await page.evaluate("document.querySelector('#limit-count [data-link=host]').href"),
    )
    expect(await other.evaluate(shown)).toEqual([false, true])
    const cookies = await other.evaluate('document.cookie')
    const card = limitCard(other, 'count')
    expect(await card.press()).toMatch(answers[engine].count)
    const refused = (await card.rows())['latchkey with cookieStrategy, asked for one more']
    expect(refused).toMatch(/^ERR_COOKIE_REFUSED: \d+ cookies are here/)
    expect(await other.evaluate('document.cookie')).toBe(cookies)
    await other.close()
    expect(await page.evaluate(sessionUser)).toBe('Grace')
  })

  const nobody = 'signed-out, and the server knows it as nobody.'
  const ada = 'signed-in, and the server knows it as Ada.'
  test.each([
    ['without its opener has what is in localStorage alone', 'alone', nobody],
    ['with its opener has a copy of sessionStorage, too', 'with-opener', ada],
  ])('a second tab %s', async (_, link, session) => {
    const first = await browser.open(`${demo.url}/#limits`)
    const card = limitCard(first, 'tabs')
    await card.press()
    expect(await card.rows()).toEqual({ 'This tab, localStorage': ada, 'This tab, sessionStorage': ada })
    await first.click(`#limit-tabs [data-link=${link}]`)
    await card.says('The second tab')
    expect(await card.rows()).toMatchObject({
      'The second tab, localStorage': ada,
      'The second tab, sessionStorage': session,
    })
    await first.evaluate("document.querySelector('#limit-tabs [data-action=forget]').click()")
    for (const place of [
      'This tab, localStorage',
      'This tab, sessionStorage',
      'The second tab, localStorage',
    ])
      await card.says(place + nobody)
    await first.close()
  })
  test('a session cookie and a persistent one are there in all tabs until they are removed', async () => {
    const card = limitCard(page, 'restart')
    expect(await card.press()).toContain('All is here.')
    const other = limitCard(await browser.open(`${demo.url}/#limits`), 'restart')
    expect(await other.text()).toContain('The session cookie is here, and sessionStorage is not')
    expect(await other.press('forget')).toBe('Nothing is set.')
    expect(await card.press('look')).toBe('Nothing is set.')
  })

  test('at its end the idle sign-in is signed out, and no request carries it any more', async () => {
    const card = limitCard(page, 'idle')
    await card.says('The server got a request without a credential.')
    expect(await card.text()).toMatch(/^signed-out/)
    expect((await card.answers()).at(-2)).toBe('signed-out, reason: idle')
  })

  test('nothing of all that stays', async () => {
    expect(await page.evaluate(traces)).toEqual(before)
    expect(await page.evaluate("document.querySelector('#problems').textContent")).toBe('')
  })

  // A driven WebKit is a private window: it forgets all when it ends.
  if (engine === 'webkit') return
  test('closed and opened again, it has the persistent cookie alone', async () => {
    const first = await browser.open(`${demo.url}/#limits`)
    await limitCard(first, 'restart').press()
    await browser.close()
    browser = await open()
    const again = await browser.open(`${demo.url}/#limits`)
    const card = limitCard(again, 'restart')
    expect(await card.text()).toContain('The browser was closed: the session cookie has ended with it.')
    expect(await card.rows()).toEqual({
      'Session cookie': 'Gone.',
      'Cookie with Max-Age=86400': 'Here.',
      sessionStorage: 'Gone.',
      localStorage: 'Here.',
    })
    await card.press('forget')
    expect(await again.evaluate('document.cookie + JSON.stringify({ ...localStorage })')).not.toContain(
      'limits',
    )
  })
})
