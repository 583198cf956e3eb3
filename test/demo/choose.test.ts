import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, openBrowser, type Page, usableEngines } from '../harness/browsers.js'
import { type Demo, startDemo } from './demo-process.js'
import { isShown } from './lab-page.js'

let demo: Demo
beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo?.stop())

const root = '#section-choose'

describe.each(usableEngines())('the section Choose in %s', (engine) => {
  let browser: Browser
  let page: Page
  const text = (selector: string) =>
    page.evaluate<string>(`document.querySelector('${root} ${selector}').textContent`)
  const json = async () => JSON.parse(await text('[data-file=json]'))
  // Not by the pointer: each answer moves the questions below it.
  const answer = (question: string, value: string) =>
    page.evaluate(`document.querySelector('${root} [name=${question}][value=${value}]').click()`)
  const retype = async (id: string, value: string) => {
    await page.evaluate(`document.querySelector('#choose-${id}').value = ''`)
    await page.type(`#choose-${id}`, value)
  }
  const asked = () =>
    page.evaluate<string[]>(
      `[...document.querySelectorAll('${root} [data-question]:not([hidden])')].map((one) => one.dataset.question)`,
    )
  beforeAll(async () => {
    browser = await openBrowser(engine)
    page = await browser.open(`${demo.url}/#choose`)
    await page.waitFor(isShown('choose'))
  })
  afterAll(() => browser?.close())

  test('compares all strategies, each a row with its name as a head', async () => {
    const heads = `[...document.querySelectorAll('${root} tbody th[scope=row]')].map((head) => head.textContent)`
    expect(await page.evaluate(heads)).toEqual([
      'Session cookiesessionStrategy()',
      'Script cookiecookieStrategy({ name })',
      "JWT, keptjwtStrategy({ storage: 'local' })",
      "JWT, this tabjwtStrategy({ storage: 'session' })",
      'Opaque tokentokenStrategy()',
      "Token in a headertokenStrategy({ placement: header('X-Auth-Token') })",
      "Token in the URLtokenStrategy({ placement: query('access_token') })",
      "DPoPjwtStrategy({ storage: 'local', placement: dpop() })",
      'MemorymemoryStrategy()',
    ])
    expect(await page.evaluate(`document.querySelectorAll('${root} tbody td').length`)).toBe(9 * 9)
  })

  test('begins with the session cookie, and asks for no more than that needs', async () => {
    expect(await text('.result')).toContain('the session cookie')
    expect(await asked()).toEqual(['server', 'api', 'csrf'])
    expect(await json()).toMatchObject({
      strategy: { type: 'session', csrf: { type: 'django' }, probe: '/me' },
      allowedOrigins: ['self'],
      environments: { production: { hosts: ['app.example.com'] } },
    })
  })

  test('other answers bring other questions, another configuration and other reasons', async () => {
    await answer('server', 'token')
    await answer('api', 'other')
    await answer('dpop', 'yes')
    expect(await asked()).toEqual(['server', 'api', 'life', 'form', 'refresh', 'dpop'])
    expect(await text('.result')).toContain('the JWT in localStorage')
    expect(await json()).toMatchObject({
      strategy: { type: 'jwt', storage: 'local', placement: { type: 'dpop' } },
      environments: {
        development: {
          allowedOrigins: ['http://localhost:3000'],
          refresh: { tokenEndpoint: 'http://localhost:3000/token' },
        },
      },
    })
    expect(await text('[data-file=ts]')).toContain('dpop().fetch(url')
    expect(await text('.reasons')).toContain('The API has to allow the header Authorization by CORS')
  })

  test('takes the hosts that are typed, as browsers write them, and says which can’t be', async () => {
    await retype('host-production', 'https://Shop.Example.org/')
    expect((await json()).environments.production.hosts).toEqual(['shop.example.org'])
    await retype('host-production', 'staging.example.com')
    expect(await text('.result')).toContain('Mend the addresses first')
    expect(await text('#choose-host-production-fault')).toContain('Another environment has this host')
    expect(await page.evaluate(`document.querySelector('${root} .given').hidden`)).toBe(true)
    await retype('host-production', 'shop.example.org')
    await retype('apis-production', 'http://api.example.org')
    expect(await text('#choose-apis-production-fault')).toContain('Plain http is for this device alone')
    await retype('apis-production', 'https://api.example.org https://pay.example.org')
    expect(await text('#choose-apis-production-fault')).toBe('')
    expect((await json()).environments.production.allowedOrigins).toEqual([
      'https://api.example.org',
      'https://pay.example.org',
    ])
  })

  test('a button copies the whole file, or selects it where the browser forbids that', async () => {
    const clipboard = (write: string) =>
      page.evaluate(
        `void Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: ${write} } })`,
      )
    await clipboard('async (text) => void (document.body.dataset.copied = text)')
    await page.click(`${root} [data-copy=json]`)
    await page.waitFor(`document.querySelector('${root} .copied').textContent === 'Copied.'`)
    expect(await page.evaluate('document.body.dataset.copied')).toBe(await text('[data-file=json]'))
    await clipboard('async () => { throw new Error("forbidden") }')
    await page.click(`${root} [data-copy=json]`)
    await page.waitFor(`document.querySelector('${root} .copied').textContent.includes('Ctrl+C')`)
    expect((await page.evaluate<string>('String(getSelection())')).trim()).toBe(
      (await text('[data-file=json]')).trim(),
    )
  })

  test('says it in Chinese, with the same configuration', async () => {
    await page.goto(`${demo.url}/zh/#choose`)
    await page.waitFor(isShown('choose'))
    expect(await text('.result')).toBe('推荐：会话 cookie')
    expect(await json()).toMatchObject({ strategy: { type: 'session' } })
    expect(await page.evaluate("document.querySelector('#problems').textContent")).toBe('')
  })
})
