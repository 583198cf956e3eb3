import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLatchkey, jwtStrategy, sessionStrategy } from '../../src/index.js'
import { listen, settled } from './fixtures/events.js'
import { jwtOf } from './fixtures/jwt.js'

const KEY = 'latchkey.jwt.junk'
const TOKEN = jwtOf({ sub: 'ann' })

beforeEach(() => localStorage.clear())
afterEach(() => localStorage.clear())

function make() {
  const latchkey = createLatchkey({
    strategy: jwtStrategy({ storage: 'local' }),
    allowedOrigins: ['https://api.example.com'],
    name: 'junk',
    fetch: async ({ headers }) => new Response(headers.get('authorization')),
  })
  return { latchkey, ...listen(latchkey) }
}

const record = (change: object) => JSON.stringify({ v: 1, access_token: TOKEN, receivedAt: 1, ...change })

const junk: Record<string, string> = {
  'nothing at all': '',
  'the word undefined': 'undefined',
  null: 'null',
  'half of an object': '{',
  'an empty object': '{}',
  'a list': '[]',
  'a number': '5',
  'a text': '"text"',
  'a bare token': TOKEN,
  'another library’s value': '{"user":{"id":1},"expires_at":1}',
  'a version of tomorrow': record({ v: 99 }),
  'no version': record({ v: undefined }),
  'a token that is a number': record({ access_token: 5 }),
  'a token that is no JWT': record({ access_token: 'opaque' }),
  'a token with a line break': record({ access_token: `${TOKEN}\n` }),
  'a time that is text': record({ receivedAt: 'yesterday' }),
  'a time that is null': record({ receivedAt: null }),
  'no time': record({ receivedAt: undefined }),
  'a __proto__': `{"__proto__":${record({})}}`,
  'nested __proto__': '{"v":1,"__proto__":{"access_token":"x","receivedAt":1}}',
  '2 MB of it': `"${'x'.repeat(2_000_000)}"`,
}

describe('junk in storage is a signed-out start with one event, and no crash', () => {
  test.for(Object.entries(junk))('%s', async ([, value]) => {
    localStorage.setItem(KEY, value)
    const { latchkey, events } = make()
    expect((await latchkey.ready()).status).toBe('signed-out')
    expect(await (await latchkey.fetch('https://api.example.com')).text()).toBe('')
    await settled()
    const told = events.filter(({ type }) => type === 'signed-out')
    expect(told).toMatchObject([{ error: { name: 'LatchkeyError', strategy: 'jwt' } }])
    expect(String(Object(told[0]).error.code)).toMatch(/^ERR_STORED_/)
  })

  test.for(Object.entries(junk))('%s: the next sign-in persists', async ([, value]) => {
    localStorage.setItem(KEY, value)
    await make().latchkey.set({ access_token: TOKEN })
    expect((await make().latchkey.ready()).subject).toBe('ann')
  })

  test.for(Object.entries(junk))('%s: the diagnostic quotes nothing of it', async ([, value]) => {
    localStorage.setItem(KEY, value)
    const { latchkey, events } = make()
    await latchkey.ready()
    await settled()
    const { error } = Object(events.at(-1))
    const told = [error.message, error.stack, error.cause, JSON.stringify(error)].join()
    expect(told).not.toContain(TOKEN.slice(0, 20))
  })
})

test('nothing stored is a signed-out start without a diagnostic', async () => {
  const { latchkey, events } = make()
  await latchkey.ready()
  await settled()
  expect(events.filter(({ type }) => type === 'signed-out')).toEqual([
    { type: 'signed-out', error: undefined },
  ])
})

test('a life, a refresh token and claims of wrong types do no harm', async () => {
  localStorage.setItem(KEY, record({ expires_in: 'soon', claims: { sub: 'eve' }, refresh_token: 5 }))
  const { latchkey } = make()
  const { status, subject, expiresAt } = await latchkey.ready()
  expect(status === 'signed-in' ? [subject, expiresAt] : ['ann', undefined]).toEqual(['ann', undefined])
})

test('what is stored is one value under one key, and other keys are left alone', async () => {
  localStorage.setItem('theirs', 'x')
  const { latchkey } = make()
  await latchkey.set({ access_token: TOKEN, refresh_token: 'rt', expires_in: 60 })
  expect(Object.keys(localStorage).sort()).toEqual([KEY, 'theirs'])
  expect(JSON.parse(localStorage.getItem(KEY) ?? '')).toMatchObject({ v: 1, access_token: TOKEN })
  await latchkey.clear()
  expect(Object.keys(localStorage)).toEqual(['theirs'])
})

test('junk as a session’s marker is a signed-out start, too', async () => {
  localStorage.setItem('latchkey.session.junk', '{"v":1,"access_token":"x","receivedAt":1}')
  const latchkey = createLatchkey({ strategy: sessionStrategy(), allowedOrigins: ['self'], name: 'junk' })
  expect((await latchkey.ready()).status).toBe('signed-out')
})

const odd = [
  '0000',
  '1e5',
  'true',
  'null',
  '"x"',
  'a%20b',
  'a+b/c==',
  '%zz',
  '73308954234454016',
  'é;,=ÿ',
  'a;b',
]

test.for(odd)('the refresh token %s comes back as it was', async (refresh_token) => {
  await make().latchkey.set({ access_token: TOKEN, refresh_token })
  let found: unknown
  const again = createLatchkey({
    strategy: jwtStrategy({ storage: 'local' }),
    allowedOrigins: ['https://api.example.com'],
    name: 'junk',
    refresh: async ({ credential }) => {
      found = credential.refresh_token
      return { access_token: TOKEN }
    },
  })
  await again.refresh()
  expect(found).toBe(refresh_token)
})
