import { describe, expect, test } from 'vitest'
import { createLatchkey, memoryStrategy } from '../../src/index.js'

const API = 'https://api.example.com'

const refused: Record<string, string[]> = {
  'a pattern': ['*', 'https://*', 'https://*.example.com', '/example/', 'https://(api|www).example.com'],
  'no origin': [
    '',
    ' ',
    'null',
    'Self',
    'api.example.com',
    '//api.example.com',
    '/api',
    'https://',
    'undefined',
  ],
  'more than origin and path': [`${API}/?q`, `${API}?q`, `${API}/#x`, `${API}#`, `${API}/?`],
  'an account': ['https://user@api.example.com', 'https://u:p@api.example.com', 'https://@api.example.com'],
  'other than the browser writes it': [
    ...['https://API.example.com', 'HTTPS://api.example.com', 'https://api.example.com:443'],
    ...[
      'https://münchen.example',
      ' https://api.example.com',
      'https:api.example.com',
      'https:\\\\a.example',
    ],
    ...[`${API}/a/../b`, `${API}/%2e%2e`, `${API}/a b`, 'https://1.1', 'http://127.1:3000', `${API}\n`],
  ],
  'plain http of another device': [
    ...['http://api.example.com', 'http://192.168.1.5', 'http://0.0.0.0', 'http://localhost.evil.test'],
    ...['http://127.0.0.1.evil.test', 'http://mylocalhost', 'http://[::2]', 'http://localhost.'],
  ],
  'another protocol': [
    ...['ws://localhost', 'wss://api.example.com', 'ftp://api.example.com', 'file:///', 'about:blank'],
    ...['data:text/plain,x', `blob:${API}/x`, `blob:${API}`, 'javascript:alert(1)', 'app://local'],
  ],
}

describe('what cannot be on the list is refused when it is written there', () => {
  const rows = Object.entries(refused).flatMap(([why, entries]) =>
    entries.map((entry) => [why, entry] as const),
  )
  test.for(rows)('%s: %j', ([, entry]) => {
    const make = (allowedOrigins: string[]) => createLatchkey({ strategy: memoryStrategy(), allowedOrigins })
    expect(() => make([entry])).toThrow(/^"allowedOrigins" must /)
    expect(() => make([API, entry])).toThrow(TypeError)
  })
})

test('another origin can be refused altogether: nothing is sent', async () => {
  const sent: Request[] = []
  const latchkey = createLatchkey({
    strategy: memoryStrategy(),
    allowedOrigins: [API],
    onForeignOrigin: 'reject',
    fetch: async (request) => new Response(String(sent.push(request))),
  })
  await expect(latchkey.fetch('https://evil.test/?secret')).rejects.toMatchObject({
    code: 'ERR_FOREIGN_ORIGIN',
  })
  await expect(latchkey.fetch('https://evil.test/?secret')).rejects.not.toThrow('secret')
  await latchkey.fetch(API)
  expect(sent.map(({ url }) => url)).toEqual([`${API}/`])
})

test('what is not attached is told, with the origin and without the rest of the URL', async () => {
  const told: unknown[] = []
  const latchkey = createLatchkey({
    strategy: memoryStrategy(),
    allowedOrigins: [API],
    fetch: async () => new Response(),
  })
  await latchkey.set({ access_token: 'token' })
  latchkey.subscribe((_, event) => told.push(event))
  await latchkey.fetch('https://evil.test/path?secret')
  await latchkey.fetch(API, { headers: { Authorization: 'Basic eDp5' } })
  await expect
    .poll(() => told.slice(1))
    .toEqual([
      { type: 'not-attached', origin: 'https://evil.test', why: 'foreign-origin' },
      { type: 'not-attached', origin: API, why: 'caller' },
    ])
})
