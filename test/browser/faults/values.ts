import { jwtOf } from '../../shared/fixtures/jwt.js'
import { type Bring, cell, type Row } from './cell.js'
import { type Outcome, replaced, unharmed } from './outcomes.js'
import { type PlaceName, places } from './places.js'

const junk: Record<string, unknown> = {
  'an empty text': '',
  'the word undefined': 'undefined',
  'half of an object': '{',
  'an empty list': [],
  'a number': 5,
  'a bare token': 'opaque',
  'another library’s value': '{"user":{"id":1},"expires_at":1}',
  'a version of tomorrow': '{"v":2,"access_token":"opaque","receivedAt":1}',
  'right JSON of wrong types': '{"v":1,"access_token":5,"receivedAt":"now"}',
  'a __proto__': '{"__proto__":{"v":1,"access_token":"opaque","receivedAt":1}}',
}

const found =
  (place: PlaceName, value: unknown): Bring =>
  async (name) => {
    await places[place].put(name, value)
    return () => {}
  }

const ofJunk = (value: unknown): Row => ({
  local: cell(found('local', value), replaced),
  session: cell(found('session', value), replaced),
  indexedDB: cell(found('indexedDB', value), replaced),
  // A cookie is a credential also without what rests beside it.
  cookie: cell(found('cookie', value), unharmed),
})

const nothing: Bring = () => () => {}
const taking = (token: string, outcome: Outcome): Row => {
  const taken = { ...cell(nothing, outcome), token }
  return { local: taken, session: taken, indexedDB: taken, cookie: taken }
}
/** What no server takes in a header; what is there stays in use. */
const refused: Outcome = {
  ...unharmed,
  set: 'ERR_CREDENTIAL_MALFORMED',
  rests: 'old',
  sent: 'old',
}

/** Junk that is found, and sizes that nobody expects. */
export const values: Record<string, Row> = {
  ...Object.fromEntries(Object.entries(junk).map(([what, value]) => [`junk: ${what}`, ofJunk(value)])),
  // Web Storage has room for a little more.
  'junk of 5 MB': ofJunk('x'.repeat(5_000_000)),
  'a new credential of 5 MB': taking(jwtOf({ sub: 'ann', more: 'x'.repeat(5_000_000) }), refused),
  'a new credential of 200 KB': {
    ...taking(jwtOf({ sub: 'ann', more: 'x'.repeat(150_000) }), unharmed),
    cookie: { ...cell(nothing, refused, { set: 'ERR_COOKIE_REFUSED' }), token: 'x'.repeat(200_000) },
  },
}
