import { afterEach, expect, test, vi } from 'vitest'
import {
  cookieStrategy,
  createLatchkey,
  jwtStrategy,
  LatchkeyError,
  memoryStrategy,
  oauthRefresh,
  sessionStrategy,
  type TokenResponse,
} from '../../src/index.js'
import { INSTALLED } from '../../src/native-fetch.js'

const API = 'https://api.example.com'

/** What these tests write there. */
const OPTIONS = [
  ...['allowedOrigins', 'strategy', 'storage', 'access_token', 'name', 'tokenEndpoint', 'clientId', 'scope'],
]

afterEach(() => {
  vi.unstubAllGlobals()
  for (const name of OPTIONS) delete Object(Object.prototype)[name]
})

test('a polluted prototype is no required option, token field or session marker', async () => {
  Object.assign(Object.prototype, { allowedOrigins: [API], strategy: memoryStrategy(), storage: 'local' })
  Object.assign(Object.prototype, { access_token: 'x', name: 'x', tokenEndpoint: `${API}/t`, clientId: 'x' })
  expect(() => createLatchkey({} as never)).toThrow(/^"/)
  expect(() => jwtStrategy({} as never)).toThrow(/^"storage"/)
  expect(() => cookieStrategy({} as never)).toThrow(/^"name"/)
  expect(() => oauthRefresh({} as never)).toThrow(/^"tokenEndpoint"/)
  expect(() => memoryStrategy().receive({} as never, 0)).toThrow(LatchkeyError)
  expect(sessionStrategy().receive({}, 0).access_token).toBeUndefined()
})

test('a refresh request is the same, whatever is written on the prototype', async () => {
  const text = async () => {
    let seen = ''
    const fetch = async (request: Request) => {
      seen = [request.method, request.url, request.redirect, await request.text()].join(' ')
      return Response.json({ access_token: 'next' })
    }
    const refresh = oauthRefresh({ tokenEndpoint: `${API}/token`, clientId: 'app' })
    const credential = { access_token: 'a', refresh_token: 'rt', receivedAt: 0 }
    const answer = await refresh({ credential, fetch, signal: new AbortController().signal })
    return seen + JSON.stringify(answer)
  }
  const expected = await text()
  Object.assign(Object.prototype, { scope: 'admin', redirect: 'follow', method: 'GET', clientId: 'evil' })
  const told = await text().finally(() => {
    for (const name of ['redirect', 'method']) delete Object(Object.prototype)[name]
  })
  expect(told).toBe(expected)
})

test('a token response from JSON.parse with __proto__ in it adds nothing', async () => {
  const token: TokenResponse = JSON.parse(
    '{"access_token":"a","__proto__":{"expires_in":5,"refresh_token":"x"}}',
  )
  const { expires_in, refresh_token } = memoryStrategy().receive(token, 0)
  expect([expires_in, refresh_token || undefined]).toEqual([undefined, undefined])
})

test('a polluted prototype says nothing of what is installed', async () => {
  const sent: string[] = []
  vi.stubGlobal('fetch', async ({ url }: Request) => new Response(`${sent.push(url)}`))
  const latchkey = createLatchkey({ strategy: memoryStrategy(), allowedOrigins: [API] })
  Object.assign(Object.prototype, { [INSTALLED]: { fetch: async () => new Response() } })
  await latchkey.fetch(API).finally(() => delete Object(Object.prototype)[INSTALLED])
  expect(sent).toEqual([`${API}/`])
})
