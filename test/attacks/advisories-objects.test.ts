import { afterEach, expect, type TestContext, test } from 'vitest'
import { createLatchkey, memoryStrategy, sessionStrategy } from '../../src/index.js'
import { dropAllCookies } from '../browser/fixtures.js'
import { csrf, secretCookie } from './fixtures/advised.js'
import { likeOldAxios } from './fixtures/hand-written.js'
import { optionNames, polluted } from './fixtures/polluting.js'
import { tally } from './tally.js'

const timeout = 60_000
const tallyOf = (context: TestContext) => tally(context, 'advisories')

afterEach(dropAllCookies)

/** With nothing inherited: the browser would take that, too. */
const UNAUTHORIZED: ResponseInit = Object.assign(Object.create(null), { status: 401 })

/** What an instance with a CSRF cookie hands to fetch for a foreign URL and for its own, and what the page gets. */
async function requestsOf() {
  const sent: string[] = []
  const fetch = async ({ url, headers, credentials }: Request) => {
    sent.push([url, credentials, ...headers].join(' '))
    return new Response('', UNAUTHORIZED)
  }
  const options = { allowedOrigins: ['https://api.example'], fetch, name: 'advisory' }
  const latchkey = createLatchkey({ strategy: sessionStrategy({ csrf }), ...options })
  const bearer = createLatchkey({ strategy: memoryStrategy(), ...options })
  await bearer.set({ access_token: 'token' })
  for (const host of ['https://evil.example/', 'https://api.example/'])
    for (const one of [latchkey, bearer]) sent.push(`${(await one.fetch(host, { method: 'POST' })).status}`)
  for (const one of [latchkey, bearer]) one.dispose()
  return sent
}

/** What an attacker can write that is a number, a text, an object, a function. */
const VALUES = { 1: 1, x: 'https://evil.example/x', '{}': { 'X-Evil': '1' }, '() => {}': () => true }

/** Each of them alone, and all together, with each value: a case is what was asked under one of these. */
async function pollutedBy(context: TestContext, names: readonly string[], more: readonly string[] = []) {
  const attacked = tallyOf(context)
  secretCookie()
  const [expected, native] = [await requestsOf(), likeOldAxios()]
  const wrong: string[] = []
  for (const [what, value] of Object.entries(VALUES))
    for (const some of [...names.map((name) => [name]), [...names, ...more]]) {
      const found = await polluted(Object.prototype, some, value, async () => {
        const seen = likeOldAxios()
        return { sent: await requestsOf().catch((error) => [`${error}`]), seen }
      })
      const leaked = found.sent.join() !== expected.join()
      attacked({ leaked, nativeWouldLeak: found.seen !== native })
      if (leaked) wrong.push(`${some} as ${what}`)
    }
  return { wrong, expected }
}

test('CVE-2026-42042, GHSA-xx6v-rp6x-q39c: no inherited option sends the XSRF token or changes a request, and a wrong type is refused', {
  timeout,
}, async (context) => {
  const names = ['withXSRFToken', 'xsrfCookieName', 'xsrfHeaderName', 'credentials']
  const { wrong, expected } = await pollutedBy(context, names, optionNames())
  expect(wrong).toEqual([])
  expect(expected.filter((line) => line.includes('csrf-secret'))).toHaveLength(1)
  const options = { strategy: memoryStrategy(), allowedOrigins: ['self'] }
  for (const wrongType of [
    { allowInsecureOrigins: 1 },
    { onForeignOrigin: {} },
    { isAuthFailure: 'x' },
    { withXSRFToken: true },
  ])
    expect(() => createLatchkey({ ...options, ...(wrongType as object) })).toThrow(/^"/)
})

test('CVE-2026-42264, GHSA-q8qp-cvcw-x6jj, CVE-2026-67319, GHSA-7q8q-rj6j-mhjq, GHSA-w9j2-pvgh-6h63: nothing inherited is a header, a base or a 401’s pardon', {
  timeout,
}, async (context) => {
  const names = [
    'auth',
    'baseURL',
    'baseUrl',
    'prefix',
    'origins',
    'username',
    'password',
    'Authorization',
    'authorization',
  ]
  const more = ['headers', 'fetch', 'isAuthFailure', 'validateStatus', 'storage', 'transformRequest']
  const { wrong, expected } = await pollutedBy(context, [...names, ...more])
  expect(wrong).toEqual([])
  expect(expected.filter((line) => line === '401')).toHaveLength(4)
})
