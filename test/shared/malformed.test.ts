import { describe, expect, test } from 'vitest'
import { createLatchkey, header, jwtStrategy, memoryStrategy, query } from '../../src/index.js'
import { codeOf } from './fixtures/events.js'

const ODD = ['0000', '1e5', 'true', 'null', '"x"', 'a%20b', 'a+b/c==', '%zz', 'a b', 'é', 'ÿ', "!#$&'*.^`|~"]
const REFUSED = [
  '',
  ' ',
  ' a',
  'a ',
  'a\n',
  '\na',
  'a\r\nX-Evil: 1',
  'a\0',
  'a\tb',
  '\x7f',
  'Ā',
  '漢',
  '🗝️',
  '\ud800',
]
const NO_TEXT = [undefined, null, 0, 5, true, {}, [], ['a'], Symbol.iterator, () => 'a']

function make(placement = memoryStrategy()) {
  return createLatchkey({
    strategy: placement,
    allowedOrigins: ['https://api.example.com'],
    fetch: async ({ headers, url }) => new Response(JSON.stringify([[...headers], url])),
  })
}

const sent = async (latchkey: ReturnType<typeof make>): Promise<[[string, string][], string]> =>
  (await latchkey.fetch('https://api.example.com/')).json()

describe('an access token is sent as it was given, or refused when it is given', () => {
  test.for(ODD)('%j is kept and sent', async (access_token) => {
    const latchkey = make()
    await latchkey.set({ access_token })
    const [headers] = await sent(latchkey)
    expect(headers).toEqual([['authorization', `Bearer ${access_token}`]])
  })

  test.for(ODD)('%j is kept and sent in the query', async (access_token) => {
    const latchkey = make(memoryStrategy({ placement: query('a&b') }))
    await latchkey.set({ access_token })
    const [, url] = await sent(latchkey)
    expect(new URL(url).searchParams.get('a&b')).toBe(access_token)
  })

  test.for(REFUSED)('%j is refused, and what was there is still used', async (access_token) => {
    for (const strategy of [memoryStrategy(), memoryStrategy({ placement: header('X-Auth') })]) {
      const latchkey = make(strategy)
      await latchkey.set({ access_token: 'before' })
      expect(await codeOf(latchkey.set({ access_token }))).toBe('ERR_CREDENTIAL_MALFORMED')
      const [headers] = await sent(latchkey)
      expect(headers.map(([, value]) => value.replace('Bearer ', ''))).toEqual(['before'])
    }
  })

  test('what is no text is refused', async () => {
    for (const access_token of NO_TEXT) {
      expect(await codeOf(make().set({ access_token } as never))).toBe('ERR_CREDENTIAL_MALFORMED')
    }
  })

  test('what is no token response is refused', async () => {
    for (const token of [undefined, null, 5, 'token', [], {}, new Map([['access_token', 'x']])]) {
      expect(await codeOf(make().set(token as never))).toBe('ERR_CREDENTIAL_MALFORMED')
    }
  })

  test('an answer that says null where there is nothing is a token response all the same', async () => {
    const latchkey = make()
    const answer = {
      access_token: 'a',
      refresh_token: null,
      expires_in: null,
      scope: null,
      token_type: 'bearer',
    }
    await latchkey.set(answer as never)
    expect(latchkey.state).toMatchObject({ status: 'signed-in', expiresAt: undefined })
  })

  test('a refusal names the strategy and quotes nothing', async () => {
    const secret = 'c2VjcmV0\n'
    const error = await make(jwtStrategy({ storage: 'session' }) as never)
      .set({ access_token: secret })
      .catch((thrown: unknown) => Object(thrown))
    expect([error.name, error.strategy]).toEqual(['LatchkeyError', 'jwt'])
    expect([error.message, error.stack, error.cause].join()).not.toContain('c2VjcmV0')
  })
})
