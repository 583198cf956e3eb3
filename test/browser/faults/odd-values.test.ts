import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type CredentialRecord, createLatchkey } from '../../../src/index.js'
import { codeOf } from '../../shared/fixtures/events.js'
import { jwtOf } from '../../shared/fixtures/jwt.js'
import { ownName } from '../fixtures.js'
import { type PlaceName, places, tidyUp } from './places.js'

const ODD = [
  '0000',
  '1e5',
  '73308954234454016',
  'true',
  'null',
  'undefined',
  '"x"',
  'a%20b',
  'a+b/c==',
  '%zz',
  '%',
  'a;b',
  'a,b',
  'a=b',
  'a b',
  '\\u0041',
  '{"v":1}',
  '__proto__',
]
/** Not Latin-1, so it fits no header and, as an access token, is refused. */
const WIDE = ['😀', '中', '€']

beforeEach(tidyUp)
afterEach(tidyUp)

/** What a page that is loaded later finds. */
async function foundAfter(place: PlaceName, token: { access_token: string; refresh_token: string }) {
  let found: CredentialRecord | undefined
  const options = { allowedOrigins: ['self'], name: ownName() }
  const make = () =>
    createLatchkey({
      strategy: places[place].strategy(),
      ...options,
      async refresh({ credential }) {
        found = credential
        return undefined
      },
    })
  const code = await codeOf(make().set(token))
  await make()
    .refresh()
    .catch(() => {})
  return [code, found?.access_token, found?.refresh_token]
}

describe.for(Object.keys(places) as PlaceName[])('%s', (place) => {
  const isJwt = place === 'local' || place === 'session'

  test.for([...ODD, ...WIDE])('gives the refresh token %s back as it was', async (refresh_token) => {
    const access_token = isJwt ? jwtOf({ sub: 'ann' }) : 'token'
    const found = await foundAfter(place, { access_token, refresh_token })
    expect(found).toEqual(['fulfilled', access_token, refresh_token])
  })

  test.for(ODD)('gives the access token %s back as it was, or refuses it', async (access_token) => {
    const found = await foundAfter(place, { access_token, refresh_token: 'rt' })
    const isRefused = isJwt
    const refused = ['ERR_CREDENTIAL_MALFORMED', undefined, undefined]
    expect(found).toEqual(isRefused ? refused : ['fulfilled', access_token, 'rt'])
  })

  test.for(WIDE)('refuses the access token %s, which fits in no header', async (access_token) => {
    const found = await foundAfter(place, { access_token, refresh_token: 'rt' })
    expect(found).toEqual(['ERR_CREDENTIAL_MALFORMED', undefined, undefined])
  })
})
