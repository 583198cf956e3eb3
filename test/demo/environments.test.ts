import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, openBrowser, usableEngines } from '../harness/browsers.js'
import { type Demo, startDemo } from './demo-process.js'
import { type EnvironmentPage, environmentPage, type Stored } from './environment-page.js'

let demo: Demo
beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo?.stop())

const at = (host: string) => `${demo.url.replace('localhost', host)}/environments/`

const bearer = { session: undefined, csrf: undefined, guard: undefined }

/** What the one configuration file makes of the one app. */
const environments = [
  {
    ...bearer,
    name: 'development',
    host: 'localhost',
    authorization: /^Bearer eyJ/,
    rests: 'sessionStorage',
    isInNewTab: false,
  },
  {
    ...bearer,
    name: 'staging',
    host: 'staging.localhost',
    authorization: /^Bearer (?!eyJ)/,
    rests: 'indexedDB',
    isInNewTab: true,
  },
  {
    name: 'production',
    host: 'production.localhost',
    authorization: undefined,
    session: /^latchkey_demo_sid=/,
    guard: /./,
    rests: undefined,
    isInNewTab: true,
  },
] as const

/** What makes a stored token one that has to be renewed. */
const spoiled: [string, string][] = [
  ['has ended', 'receivedAt: record.receivedAt - 60_000'],
  ['is refused', "access_token: record.access_token.replace(/.{4}$/, 'AAAA')"],
]

/** Has the page's next request, and what is done with its answer, take longer than what is asked after it. */
const LATE = `(() => {
  delete document.body.dataset.late
  const { fetch } = globalThis
  const passed = (ms) => new Promise((done) => setTimeout(done, ms))
  globalThis.fetch = async (...asked) => {
    globalThis.fetch = fetch
    await passed(800)
    setTimeout(() => { document.body.dataset.late = 'over' }, 800)
    return fetch(...asked)
  }
})()`

const like = (pattern: RegExp | undefined) => pattern && expect.stringMatching(pattern)

function placesWithToken(stored: Stored): string[] {
  return Object.entries(stored).flatMap(([place, text]) => (/access_token|eyJ|_sid/.test(text) ? place : []))
}

describe.each(usableEngines())('one app in %s', (engine) => {
  let browser: Browser
  /** The hash of the app's script, by environment. */
  const scripts = new Map<string, string>()
  beforeAll(async () => {
    browser = await openBrowser(engine)
  })
  afterAll(() => browser?.close())

  describe.each(environments)('in $name', ({ name, host, rests, isInNewTab, ...sent }) => {
    let shown: EnvironmentPage
    let user = ''
    const carries = (line: string, status: number, guard?: RegExp) => ({
      line,
      status,
      authorization: like(sent.authorization),
      session: like(sent.session),
      csrf: like(guard),
    })
    beforeAll(async () => {
      shown = await environmentPage(await browser.open(at(host)))
      const script = "fetch(document.querySelector('script').src).then((answer) => answer.text())"
      const text = await shown.page.evaluate<string>(script)
      scripts.set(name, createHash('sha256').update(text).digest('hex'))
    })
    afterAll(() => shown?.page.close())

    test('the host chooses the environment, and nobody is signed in', async () => {
      expect(await shown.text('#environments [aria-current] strong')).toBe(name)
      await shown.page.waitFor("document.querySelector('#config .here') !== null")
      expect(await shown.text('#config .here')).toContain(`"${name}": {`)
      expect(await shown.text('#app')).toContain('no passwords')
      expect(placesWithToken(await shown.stored())).toEqual([])
    })

    test('a GET and a POST carry what the configuration says, and it rests where that says', async () => {
      // The server knows the notes of all who were there before.
      user = `Grace ${crypto.randomUUID()}`
      await shown.signIn(user)
      expect(await shown.text('#who')).toBe(user)
      expect(await shown.record()).toContainEqual(carries('GET /api/notes', 200))
      await shown.add('Compile the linker')
      expect(await shown.text('#notes')).toBe('Compile the linker')
      expect((await shown.record())[0]).toEqual(carries('POST /api/notes', 201, sent.guard))
      expect(placesWithToken(await shown.stored())).toEqual(rests ? [rests] : [])
    })

    test('the page shows what was attached, by whom, and where it rests', async () => {
      const by = sent.session ? 'by the browser' : 'by latchkey'
      await shown.page.waitFor("document.querySelector('#record').textContent.includes('POST /api/notes')")
      expect(await shown.text('#record li')).toContain(by)
      const place = rests === 'indexedDB' ? 'IndexedDB' : (rests ?? 'HttpOnly cookie')
      expect(await shown.text(`[data-place="${place}"]`)).not.toContain('nothing')
    })

    test('it survives a reload, and another tab knows of it as the strategy has it', async () => {
      await shown.reload()
      await shown.page.waitFor("document.querySelector('#notes').textContent === 'Compile the linker'")
      const other = await environmentPage(await browser.open(at(host)))
      expect(await other.page.evaluate("document.querySelector('#app').dataset.status")).toBe(
        isInNewTab ? 'signed-in' : 'signed-out',
      )
      await other.page.close()
    })

    // Staging's token and production's session have no refresh.
    test.each(name === 'development' ? spoiled : [])(
      'a token that %s is renewed without the user noticing',
      async (_, changed) => {
        await shown.page.evaluate(`(() => {
        const [[key, value]] = Object.entries(sessionStorage).filter(([key]) => key.startsWith('latchkey.'))
        const record = JSON.parse(value)
        sessionStorage.setItem(key, JSON.stringify({ ...record, ${changed} }))
      })()`)
        const before = (await shown.record()).length
        await shown.reload()
        await shown.page.waitFor(`document.querySelector('#who').textContent === '${user}'`)
        const since = (await shown.record()).slice(0, -before).map(({ line, status }) => `${line} ${status}`)
        expect(since).toEqual(expect.arrayContaining(['POST /api/token 200', 'GET /api/notes 200']))
        expect(await shown.text('#app .result')).toContain('what the server has')
      },
    )

    test('what was begun last has the last word, however late another answer comes', async () => {
      await shown.page.evaluate(LATE)
      await shown.page.click('#load')
      await shown.add('Write the manual')
      await shown.page.waitFor("document.body.dataset.late === 'over'")
      expect(await shown.text('#app .result')).toMatch(/^Added/)
    })

    test('signing out ends it here and on the server', async () => {
      await shown.signOut()
      expect((await shown.record())[0]).toEqual(carries('POST /api/logout', 200, sent.guard))
      expect(placesWithToken(await shown.stored())).toEqual([])
      await shown.reload()
      expect(await shown.page.evaluate("document.querySelector('#app').dataset.status")).toBe('signed-out')
      expect(await shown.text('#problems')).toBe('')
    })
  })

  test('the app is the same, byte for byte, in all three', () => {
    expect(scripts.size).toBe(environments.length)
    expect(new Set(scripts.values()).size).toBe(1)
  })

  test('at a host that the configuration does not know the page says so, and which there are', async () => {
    const page = await browser.open(at('127.0.0.1'))
    await page.waitFor("document.querySelector('#problems').textContent.includes('production')")
    await page.close()
  })
})
