import { cookieStrategy, jwtStrategy } from '../../../src/index.js'
import { cookieValue } from '../ways/cookie-places.js'
import { filled, words } from '../word.js'
import type { Finding, Row } from './card.js'
import { dropCookie, setCookie } from './set-cookie.js'
import { taken } from './taken.js'

const NAME = 'limits_size'
/** Of name and value together (RFC 6265bis s. 5.6). */
const LIMIT = 4096

/** A cookie that just fits, one that just does not, and a JWT of the same size. */
export async function size(): Promise<Finding> {
  const { largest, none, native, cookie, local } = words.limits.size
  const tries = [LIMIT - 1, LIMIT, LIMIT + 1].map((bytes) => ({ bytes, outcome: written(bytes) }))
  const rows = tries.map(({ bytes, outcome }): Row => [filled(native, { bytes }), words.limits.size[outcome]])
  const token = jwtOf(LIMIT + 1 - NAME.length)
  const bytes = tries.findLast(({ outcome }) => outcome === 'kept')?.bytes
  return {
    tone: 'plain',
    title: bytes ? filled(largest, { bytes }) : none,
    rows: [
      ...rows,
      [filled(cookie, { bytes: LIMIT + 1 }), await taken(cookieStrategy({ name: NAME }), token)],
      [local, await taken(jwtStrategy({ storage: 'local' }), token)],
    ],
  }
}

/** Whether the browser keeps a cookie of that size in the place of a small one. */
function written(bytes: number): 'kept' | 'old' | 'gone' {
  const value = 'x'.repeat(bytes - NAME.length)
  setCookie(NAME, 'old')
  setCookie(NAME, value)
  const found = cookieValue(NAME)
  dropCookie(NAME)
  if (found === value) return 'kept'
  return found === 'old' ? 'old' : 'gone'
}

/** Unsigned, so no server takes it; as long as one that lists all the groups somebody is in. */
function jwtOf(length: number): string {
  const start = [{ alg: 'HS256', typ: 'JWT' }, { sub: 'Ada' }].map((json) => btoa(JSON.stringify(json)))
  return `${start.join('.').replaceAll('=', '')}.`.padEnd(length, 'x')
}
