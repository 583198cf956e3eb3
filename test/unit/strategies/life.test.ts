import { expect, test } from 'vitest'
import { jwtStrategy, memoryStrategy, type TokenResponse } from '../../../src/index.js'
import { jwtOf } from '../../shared/fixtures/jwt.js'

const NOW = 1_700_000_000_000
const SECONDS = NOW / 1000

function lifeOf(claims: object, more: object = {}): number | undefined {
  const token = { access_token: jwtOf(claims), ...more }
  return jwtStrategy({ storage: 'local' }).receive(token, NOW).expires_in
}

/** What a server may say, which its type does not allow. */
function lifeSaid(expires_in: unknown): number | undefined {
  return memoryStrategy().receive({ access_token: 'opaque', expires_in } as TokenResponse, NOW).expires_in
}

test('exp minus iat is the life since receipt, whatever this device’s clock says', () => {
  expect(lifeOf({ iat: SECONDS, exp: SECONDS + 600 })).toBe(600)
  for (const offset of [-26 * 3600, -3600, 1200, 3600, 26 * 3600]) {
    expect(lifeOf({ iat: SECONDS + offset, exp: SECONDS + offset + 600 })).toBe(600)
  }
})

test('exp without a usable iat is compared with the clock', () => {
  for (const iat of [undefined, null, 'yesterday', '1700000000', {}, NOW]) {
    expect(lifeOf({ exp: SECONDS + 600, iat })).toBe(600)
  }
})

test('fractions of seconds are fine', () => {
  expect(lifeOf({ iat: SECONDS + 0.5, exp: SECONDS + 60.75 })).toBe(60.25)
})

test.for<[string, unknown]>([
  ['text', '1700000600'],
  ['a date as text', '2030-01-01'],
  ['null', null],
  ['true', true],
  ['an array', [SECONDS + 600]],
  ['an object', { value: SECONDS + 600 }],
  ['negative', -1],
  ['in milliseconds', NOW + 600_000],
  ['1e20', 1e20],
])('an exp that is %s is no life at all: never "valid until"', ([, exp]) => {
  expect(lifeOf({ exp })).toBeUndefined()
  expect(lifeOf({ exp, iat: SECONDS })).toBeUndefined()
})

test('an exp of 1e309, which JSON reads as Infinity, is no life at all', () => {
  const strategy = jwtStrategy({ storage: 'local' })
  const [head = '', , tail = ''] = jwtOf({}).split('.')
  const token = [head, btoa('{"exp":1e309}').replace(/=+$/, ''), tail].join('.')
  expect(strategy.receive({ access_token: token }, NOW).expires_in).toBeUndefined()
})

test('without exp and expires_in the life is unknown: neither over nor for ever', () => {
  expect([lifeOf({ iat: SECONDS }), lifeSaid(undefined)]).toEqual([undefined, undefined])
})

test('of exp and expires_in the shorter counts', () => {
  expect(lifeOf({ iat: SECONDS, exp: SECONDS + 600 }, { expires_in: 60 })).toBe(60)
  expect(lifeOf({ iat: SECONDS, exp: SECONDS + 60 }, { expires_in: 600 })).toBe(60)
  expect(lifeOf({ iat: SECONDS, exp: 'soon' }, { expires_in: 600 })).toBe(600)
})

test('expires_in may be a number as text, as some servers send it', () => {
  expect([lifeSaid(3600), lifeSaid('3600')]).toEqual([3600, 3600])
})

test.for<[string, unknown]>([
  ['null', null],
  ['zero', 0],
  ['negative', -5],
  ['not a number', Number.NaN],
  ['infinite', Number.POSITIVE_INFINITY],
  ['words', 'an hour'],
  ['empty text', ''],
  ['an object', {}],
])('an expires_in that is %s is no life at all', ([, expiresIn]) => {
  expect(lifeSaid(expiresIn)).toBeUndefined()
})

test('what was received is stamped with the clock it is given', () => {
  expect(memoryStrategy().receive({ access_token: 'a' }, NOW).receivedAt).toBe(NOW)
})
