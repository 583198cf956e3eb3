import { describe, expect, test } from 'vitest'
import { usableEngines } from '../harness/browsers.js'
import { type Place, sitesIn } from './sites.js'

const CSRF = 'x-xsrf-token'

/** Of each request at a place: its method, whether it had the session's cookie, the CSRF header, and from what site it came. */
async function arrived({ log }: Place): Promise<unknown[]> {
  return (await log()).map(({ method, headers }) => [
    method,
    /sid=the-session/.test(headers.cookie ?? ''),
    headers[CSRF],
    headers['sec-fetch-site'],
  ])
}

const preflighted = (hasCookie: boolean, site: string) => [
  ['OPTIONS', false, undefined, site],
  ['POST', hasCookie, 'the-token', site],
]

// To all three engines `app.localhost` and `api.localhost` are two sites, as `a.com` and `b.com` are: what is below a
// top-level domain they do not know is a registrable domain. Below that, sub-domains are of one site.
const layouts = [
  ['site.localhost', 'same-site', '; Domain=site.localhost'],
  ['localhost', 'cross-site', ''],
] as const

describe.each(usableEngines())('from a page in %s', (engine) => {
  const { place, open } = sitesIn(engine, 4)

  test.each(layouts)(
    'at app.%s, which api.… is %s to, cookie and CSRF header go where they are listed and nowhere else',
    async (domain, site, shared) => {
      const app = place(`app.${domain}`, 0)
      const [first, second] = [place(`app.${domain}`, 1), place(`app.${domain}`, 2)]
      const api = place(`api.${domain}`, 1)
      const foreign = [place(`app.${domain}`, 3), place(`other.${domain}`, 1), place(domain, 1)]
      const page = await open(app, [first, second, api], 'csrf')
      await page.login(
        `sid=the-session; Path=/; HttpOnly; SameSite=Lax${shared}`,
        `XSRF-TOKEN=the-token; Path=/; SameSite=Lax${shared}`,
      )
      for (const { at } of [first, second, api, ...foreign]) await page.status(at('echo'), 'POST')
      for (const port of [first, second]) expect(await arrived(port)).toEqual(preflighted(true, 'same-site'))
      expect(await arrived(api)).toEqual(preflighted(site === 'same-site', site))
      for (const one of foreign)
        expect(await arrived(one)).toEqual([['POST', false, undefined, expect.stringMatching(/-site$/)]])
    },
  )

  test.each([
    ['alone.localhost', 'cookie-refused', /Domain/],
    ['localhost', 'cookie-cross-site', /is another site.*"SameSite=None; Secure"/],
  ] as const)('at app.%s, a session that api.… does not get is a %s', async (domain, code, message) => {
    const [app, api] = [place(`app.${domain}`, 0), place(`api.${domain}`, 1)]
    const page = await open(app, [api])
    await page.login('sid=of-the-app-alone; Path=/; SameSite=Lax')
    expect(await page.diagnose(api.at('session'))).toEqual([
      { code, message: expect.stringMatching(message) },
    ])
    expect(await page.evaluate('document.cookie')).not.toContain('latchkey')
  })

  test('a sub-domain’s answer that lacks a CORS header, or a policy that forbids it, is told with its name', async () => {
    const [app, api] = [place('app.site.localhost', 0), place('api.site.localhost', 1)]
    const page = await open(app, [api])
    const diagnosed = async (query: string) =>
      (await page.diagnose(api.at(`cors/200?${query}`))).map(({ message }) => message).join()
    expect(await diagnosed('Access-Control-Allow-Origin=')).toContain(
      `Access-Control-Allow-Origin: ${app.origin}`,
    )
    expect(await diagnosed('Access-Control-Allow-Credentials=')).toContain(
      'Access-Control-Allow-Credentials: true',
    )
    expect(await diagnosed('')).toBe('')
    const policy = `{ httpEquiv: 'Content-Security-Policy', content: "connect-src 'self'" }`
    await page.evaluate(`document.head.append(Object.assign(document.createElement('meta'), ${policy}))`)
    expect(await diagnosed('')).toContain(`Add ${api.origin} to "connect-src"`)
  })
})
