import { expect, test } from 'vitest'
import { jwtStrategy } from '../../src/index.js'
import { jwtOf, jwtOfText } from './fixtures/jwt.js'

const strategy = jwtStrategy({ storage: 'session' })
const read = (access_token: string) => strategy.receive({ access_token }, 0).claims

const refusal = (access_token: string) => {
  try {
    return read(access_token)
  } catch (error) {
    return Object(error)
  }
}

test.for<[string, object]>([
  ['an empty object', {}],
  ['Latin letters', { name: 'José Ñandú' }],
  ['CJK', { name: '漢字かな한글' }],
  ['emoji', { name: '🗝️👩‍🚀' }],
  ['base64url’s own characters', { q: '~~~???>>>ÿÿÿ' }],
  ['nested claims', { realm: { roles: ['a', { b: null }] } }],
  ['an exp of any kind', { exp: 'tomorrow', iat: null, nbf: [] }],
])('claims are read: %s', ([, claims]) => {
  expect({ ...read(jwtOf(claims)) }).toEqual(claims)
})

test('every length of payload, and so every base64 padding, can be read', () => {
  for (let length = 0; length < 12; length += 1) {
    expect(read(jwtOf({ s: 'é'.repeat(length) }))).toMatchObject({ s: 'é'.repeat(length) })
  }
})

test.for<[string, string]>([
  ['no JWT at all', 'opaque'],
  ['one dot and nothing behind it', 'a.'],
  ['a payload that is not base64url', 'e30.***.x'],
  ['a payload that is not JSON', jwtOfText('Payload')],
  ['a payload cut short', jwtOfText('{"sub":"a')],
  ['null', jwtOf(null)],
  ['a number', jwtOf(5)],
  ['text', jwtOf('sub')],
  ['an array', jwtOf([{ sub: 'a' }])],
  ['nothing', ''],
])('a token whose claims cannot be read is refused: %s', ([, token]) => {
  expect(refusal(token)).toMatchObject({
    name: 'LatchkeyError',
    code: 'ERR_CREDENTIAL_MALFORMED',
    strategy: 'jwt',
  })
})

test('a refusal quotes nothing of the token, not in its cause either', () => {
  const secret = 'c2VjcmV0c2VjcmV0'
  const { message, cause, stack } = refusal(`${secret}.${secret}.${secret}`)
  expect(`${message} ${cause} ${stack}`).not.toContain(secret)
})

test('claims named like what every object has are claims like any other, and add nothing', () => {
  const claims = read(jwtOfText('{"__proto__":{"admin":true},"constructor":1,"toString":2}'))
  expect(claims?.admin).toBeUndefined()
  expect(Object({}).admin).toBeUndefined()
  expect([claims?.constructor, claims?.toString]).toEqual([1, 2])
})

test('two tokens with the same head and payload are two tokens', () => {
  const [one, two] = ['first', 'other'].map((end) => `${jwtOf({ sub: 'a' })}${end}`)
  expect(strategy.receive({ access_token: one ?? '' }, 0).access_token).not.toBe(two)
})
