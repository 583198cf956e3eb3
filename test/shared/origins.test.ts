import { describe, expect, test } from 'vitest'
import { createLatchkey, type LatchkeyOptions, memoryStrategy } from '../../src/index.js'

/** Whether a request to the URL carries the credential; undefined if the browser refuses to make it. */
async function attaches(allowed: string[], url: string, more: Partial<LatchkeyOptions> = {}) {
  let seen: string | null = null
  const latchkey = createLatchkey({
    strategy: memoryStrategy(),
    allowedOrigins: allowed,
    fetch: async ({ headers }) => {
      seen = headers.get('authorization')
      return new Response()
    },
    ...more,
  })
  await latchkey.set({ access_token: 'token' })
  return latchkey.fetch(url).then(
    () => seen !== null,
    () => false,
  )
}

const API = 'https://api.example.com'

const inside = [
  API,
  `${API}/`,
  `${API}/a/b?c#d`,
  `${API}?q=https://evil.test`,
  `${API}#x`,
  'HTTPS://API.EXAMPLE.COM/a',
  'https://api.example.com:443/a',
  'https:\\\\api.example.com\\a',
  'https:/api.example.com/a',
  ' https://api.example.com/a ',
  'https://api.exam\tple.com/a',
  'https://%61pi.example.com/a',
  `${API}//evil.test`,
  `${API}/https://evil.test`,
]

const outside = [
  'http://api.example.com/',
  'https://api.example.com:8443/',
  'https://api.example.com:80/',
  'https://api.example.com./',
  'https://example.com/',
  'https://www.api.example.com/',
  'https://api.example.com.evil.test/',
  'https://api.example.community/',
  'https://api.example.comevil.test/',
  'https://evil.test/api.example.com',
  'https://evil.test/https://api.example.com/',
  'https://evil.test?https://api.example.com/',
  'https://evil.test#https://api.example.com/',
  'https://api.example.com@evil.test/',
  'https://api.example.com:443@evil.test/',
  'https://user:pass@api.example.com/',
  'https://api-example.com/',
  'https://apixexample.com/',
  'https://аpi.example.com/',
  'https://xn--pi-8cd.example.com/',
  '//evil.test/',
  '/\\evil.test',
  '\\\\evil.test',
  'https:evil.test',
  '/me',
  'me',
  '',
  'data:text/plain,https://api.example.com/',
  'blob:https://api.example.com/7a6c1f1e-0000-4000-8000-000000000000',
  'about:blank',
  'file:///api.example.com/',
  'ftp://api.example.com/',
  'wss://api.example.com/',
  'https://[::1]/',
]

describe('with https://api.example.com on the list', () => {
  test.for(inside)('%j gets the credential', async (url) => {
    expect(await attaches([API], url)).toBe(true)
  })

  test.for(outside)('%j does not', async (url) => {
    expect(await attaches([API], url)).toBe(false)
  })
})

const below = ['/v1', '/v1/', '/v1/me', '/v1?q', '/v1#x', '/v1/../v1/me', '/v2/../v1/me', '/v1/..%2fadmin']
const beside = [
  '/',
  '/v',
  '/v10',
  '/v1x/me',
  '/V1/me',
  '/v2/v1',
  '/v1/..',
  '/v1/../v2',
  '/v1/%2e%2e/v2',
  '/v1%2fme',
  '//v1/me',
  '/v1\\..\\v2',
]

describe('with a path on the list', () => {
  test.for(below)('%s is below /v1', async (path) => {
    expect(await attaches([`${API}/v1`], API + path)).toBe(true)
    expect(await attaches([`${API}/v1/`], API + path)).toBe(true)
  })

  test.for(beside)('%s is not below /v1', async (path) => {
    expect(await attaches([`${API}/v1`], API + path)).toBe(false)
    expect(await attaches([`${API}/v1/`], API + path)).toBe(false)
  })
})

test('self is the page’s own origin, and no other port of its host', async () => {
  const { origin, protocol, hostname } = location
  expect(await attaches(['self'], '/me')).toBe(true)
  expect(await attaches(['self'], `${origin}/me`)).toBe(true)
  expect(await attaches(['self'], `${protocol}//${hostname}:1/me`)).toBe(false)
  expect(await attaches(['self'], `${API}/me`)).toBe(false)
})

test('each entry is looked at', async () => {
  const allowed = ['self', 'https://one.example', 'https://two.example/v1']
  expect(await attaches(allowed, 'https://one.example/x')).toBe(true)
  expect(await attaches(allowed, 'https://two.example/v1/x')).toBe(true)
  expect(await attaches(allowed, 'https://two.example/x')).toBe(false)
})

test('an IPv6 host, a port and an internationalized name are as the browser writes them', async () => {
  expect(await attaches(['https://[2001:db8::1]:8443'], 'https://[2001:DB8:0::1]:8443/x')).toBe(true)
  expect(await attaches(['https://xn--mnchen-3ya.example'], 'https://münchen.example/x')).toBe(true)
})

test('plain http is for this device only, unless insecure origins are allowed by name', async () => {
  for (const host of ['localhost:3000', 'app.localhost', '127.0.0.1:8080', '127.9.9.9', '[::1]:3000']) {
    expect(await attaches([`http://${host}`], `http://${host}/x`)).toBe(true)
  }
  expect(await attaches(['http://192.168.1.5'], 'http://192.168.1.5/x', { allowInsecureOrigins: true })).toBe(
    true,
  )
  expect(await attaches(['http://a.example'], 'https://a.example/x', { allowInsecureOrigins: true })).toBe(
    false,
  )
})
