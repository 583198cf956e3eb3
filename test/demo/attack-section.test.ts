import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, openBrowser, type Page, usableEngines } from '../harness/browsers.js'
import { faultsIn } from './accessible.js'
import { type AttackPage, attackPage, type Rows } from './attack-page.js'
import { ask, json } from './client.js'
import { type Demo, startDemo } from './demo-process.js'

let demo: Demo
beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo?.stop())

const COOKIES = ['Session cookie', 'Script cookie']
const BEARERS = ['JWT, kept', 'JWT, this tab', 'Opaque token']
const EXPOSED = ['Token in a header', 'Token in the URL']
const TOKENS = ['Script cookie', ...BEARERS, ...EXPOSED]
const ALL = [...COOKIES, ...BEARERS, ...EXPOSED, 'DPoP']

/** What a column says of the strategies. */
const column = (rows: Rows, at: number, titles = ALL) => titles.map((title) => rows[title]?.[at]?.text)
const all = (titles: readonly string[], text: RegExp) => titles.map(() => expect.stringMatching(text))
const SECRET = /^(authorization|cookie|dpop|x-auth-token|x-xsrf-token):|access_token=/im

describe.each(usableEngines())('the attacks in %s', (engine) => {
  let browser: Browser
  let page: Page
  let shown: AttackPage
  beforeAll(async () => {
    browser = await openBrowser(engine)
    page = await browser.open(`${demo.url}/#attacks`)
    shown = attackPage(page)
  })
  afterAll(() => browser?.close())

  test('injected script finds every token that script can read, and uses it from elsewhere', async () => {
    const rows = await shown.attack('xss')
    expect(Object.keys(rows)).toEqual(ALL)
    const places = [
      /document\.cookie › victim_token/,
      /localStorage › latchkey\.jwt\.victim-jwt-local.*fetch/,
      /sessionStorage › latchkey\.jwt\.victim-jwt-session.*fetch/,
      ...['Opaque token', ...EXPOSED].map(() => /IndexedDB › latchkey\.credentials › credentials › .*fetch/),
    ]
    expect(column(rows, 0, TOKENS)).toEqual(places.map((place) => expect.stringMatching(place)))
    expect(column(rows, 1, TOKENS)).toEqual(all(TOKENS, /without this browser: 200, “Vera”/))
  })

  test('it finds nothing of the session, and can use it while the page is open', async () => {
    const rows = await shown.rowsIn('#attack-xss')
    expect(rows['Session cookie']).toEqual([
      { tone: 'good', text: expect.stringMatching(/^Nothing: no script/) },
      { tone: 'bad', text: expect.stringMatching(/used from this page while it is open: POST 200, “Vera”/) },
    ])
  })

  test('it finds a token that is bound to a key, which works nowhere else: the key stays in the browser', async () => {
    const rows = await shown.rowsIn('#attack-xss')
    expect(rows.DPoP?.map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /localStorage › latchkey\.jwt\.victim-dpop.*Its key is there, too, and can’t be exported/,
      ),
      expect.stringMatching(
        /another server: 401, refused\. .*from this page while it is open: POST 200, “Vera”/,
      ),
    ])
  })

  test('it listens no longer than the attack lasts', async () => {
    expect(await page.evaluate('String(fetch)')).toContain('[native code]')
    expect(await page.evaluate('String(Headers.prototype.set)')).toContain('[native code]')
  })

  test('a redirect to elsewhere is refused where the browser would carry something along', async () => {
    const rows = await shown.attack('redirect')
    const refused = [...COOKIES, ...EXPOSED, 'DPoP']
    expect(column(rows, 0, refused)).toEqual(all(refused, /ERR_REDIRECT_REFUSED\. Nothing at all arrived/))
    expect(column(rows, 0, BEARERS)).toEqual(all(BEARERS, /^Sent\. Nothing of ours arrived/))
    for (const title of [...BEARERS, 'DPoP'])
      expect(rows[title]?.[1]?.text).toMatch(/^Sent\. Nothing of ours arrived/)
    expect(column(rows, 1, COOKIES)).toEqual(all(COOKIES, /x-xsrf-token: \S+/i))
    expect(column(rows, 1, EXPOSED)).toEqual([
      expect.stringMatching(/x-auth-token: \S+…\S+/i),
      expect.stringMatching(/Nothing of ours/),
    ])
  })

  test('a foreign origin in the code gets nothing through latchkey, and everything by hand', async () => {
    const rows = await shown.attack('foreign')
    expect(column(rows, 0)).toEqual(all(ALL, /^Sent\. Nothing of ours arrived/))
    expect(column(rows, 1, COOKIES)).toEqual(all(COOKIES, /x-xsrf-token: \S+/i))
    expect(column(rows, 1, BEARERS)).toEqual(all(BEARERS, /authorization: Bearer \S+…\S+/i))
    expect(rows.DPoP?.[1]?.text).toMatch(/authorization: DPoP \S+…\S+/i)
    expect(column(rows, 1, EXPOSED)).toEqual([
      expect.stringMatching(/x-auth-token: \S+…\S+/i),
      expect.stringMatching(/access_token=\S+…\S+/),
    ])
  })

  test('the foreign server itself has nothing of ours that latchkey sent', async () => {
    const requests = await shown.collected()
    const by = (sender: string) => requests.filter((request) => request.includes(`by=${sender}`))
    expect(by('latchkey').length).toBeGreaterThanOrEqual(BEARERS.length + ALL.length)
    expect(by('latchkey').filter((request) => SECRET.test(request))).toEqual([])
    expect(by('hand').filter((request) => SECRET.test(request)).length).toBeGreaterThanOrEqual(ALL.length)
  })

  test('another origin’s page makes the browser send its cookies, and lacks the header with the CSRF token', async () => {
    const rows = await shown.takeBait()
    const others = [...BEARERS, ...EXPOSED, 'DPoP']
    for (const at of [0, 1]) {
      expect(column(rows, at, COOKIES)).toEqual(all(COOKIES, /cookie along.*403, refused\.cookie: \S+…\S+/))
      expect(column(rows, at, others)).toEqual(all(others, /^No credential came along: 401, refused/))
    }
    expect(rows['Session cookie']?.[2]).toEqual({
      tone: 'good',
      text: expect.stringMatching(/^Not the cookie.*XSRF-TOKEN=\S+\.\.\.\S+$/),
    })
    expect(rows['Script cookie']?.[2]).toEqual({
      tone: 'bad',
      text: expect.stringMatching(/^The cookie itself.*victim_token=\S+\.\.\.\S+/),
    })
    expect(column(rows, 2, others)).toEqual(all(others, /^Nothing of it/))
    const { body } = await ask(`${demo.url}/api/lab/log?after=0`)
    const forged = Object(body.entries).filter(({ line }: { line: string }) => /by=(form|fetch)/.test(line))
    expect(new Set(forged.map(({ status }: { status: number }) => status))).toEqual(new Set([401, 403]))
  })

  test('in the end a table says what each attack got from each strategy', async () => {
    const rows = await shown.rowsIn('#attacks-summary')
    expect(rows['Session cookie']?.map(({ tone }) => tone)).toEqual(['good', 'good', 'good', 'good'])
    expect(rows['Script cookie']?.[1]).toEqual({
      tone: 'bad',
      text: 'the token, read on another port of the same host',
    })
    expect(rows['Token in a header']).toEqual([
      { tone: 'bad', text: 'the token' },
      { tone: 'good', text: expect.stringMatching(/^nothing: the browser has nothing to send/) },
      { tone: 'good', text: expect.stringMatching(/^nothing \(by hand: x-auth-token\)$/i) },
      { tone: 'good', text: expect.stringMatching(/^nothing \(by hand: x-auth-token\)$/i) },
    ])
    expect(await shown.problems()).toBe('')
    expect(await faultsIn(page)).toEqual([])
  })

  test('at another name of this device what was stolen works, too', async () => {
    await page.goto(`${demo.url.replace('localhost', '127.0.0.1')}/#attacks`)
    await page.waitFor("document.querySelector('#attack-xss button')")
    expect(column(await shown.attack('xss'), 1, TOKENS)).toEqual(
      all(TOKENS, /without this browser: 200, “Vera”/),
    )
  })

  test('a second attack waits for the end of the first, and says so', async () => {
    const pressed = (name: string) => `document.querySelector('#attack-${name} button').click()`
    await page.evaluate(`void (${pressed('foreign')}, ${pressed('redirect')})`)
    const said = "document.querySelector('#attack-redirect .result').textContent"
    expect(await page.evaluate(said)).toContain('Another attack is under way')
    await page.waitFor("document.querySelector('#attack-foreign[aria-busy=false] .outcomes table')")
  })

  test('a try that fails by itself is no all-clear: the attack says that it could not be made', async () => {
    await page.reload()
    await page.waitFor("document.querySelector('#attack-xss button')")
    await page.evaluate(`void (() => {
      const { fetch } = globalThis
      const refused = () => Promise.resolve(Response.json({ error: 'invalid_input' }, { status: 400 }))
      globalThis.fetch = (url, init) => (String(url).includes('/use?') ? refused() : fetch(url, init))
    })()`)
    expect(await shown.attack('xss')).toEqual({})
    expect(await page.evaluate("document.querySelector('#attack-xss .result').textContent")).toMatch(
      /could not be made.*400/,
    )
  })
})

test('the redirect leads to the foreign server and nowhere else', async () => {
  const { foreignOrigin } = (await ask(`${demo.url}/api/config`)).body
  const to = (address: string) => `${demo.url}/api/lab/attacks/redirect?to=${encodeURIComponent(address)}`
  const led = await fetch(to(`${foreignOrigin}/collect`), { redirect: 'manual' })
  expect([led.status, led.headers.get('Location')]).toEqual([307, `${foreignOrigin}/collect`])
  for (const address of [
    'http://example.invalid/',
    `${foreignOrigin}.example.invalid/`,
    '//example.invalid',
    'x',
  ])
    expect(await ask(to(address), json({}))).toMatchObject({ status: 400, body: { error: 'invalid_input' } })
})

test('the thief’s server tries what was stolen at the page it was stolen from, and nowhere else', async () => {
  const { foreignOrigin } = (await ask(`${demo.url}/api/config`)).body
  const loot = { kind: 'jwt', carrier: 'authorization', token: 'a.b.c' }
  const use = (origin: string) => {
    const url = `${foreignOrigin}/use?visit=${crypto.randomUUID()}`
    return ask(url, { method: 'POST', body: new URLSearchParams(loot), headers: { Origin: origin } })
  }
  const { port } = new URL(demo.url)
  for (const host of ['localhost', 'limits.localhost', '127.0.0.1'])
    expect(await use(`http://${host}:${port}`)).toMatchObject({ status: 200, body: { status: 401 } })
  expect(await use(`http://localhost.example.invalid:${port}`)).toMatchObject({ status: 400 })
  expect(await use('http://example.invalid')).toMatchObject({ status: 400, body: { error: 'invalid_input' } })
})
