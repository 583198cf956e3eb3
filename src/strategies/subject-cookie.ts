import { decoded } from '../placements/decoded.js'
import { readCookie } from '../placements/read-cookie.js'

/** Reads whose session it is from a cookie of the server's; without a name of one, nobody knows. */
export function subjectCookieReader(name: string): (() => string | undefined) | undefined {
  if (!name) return undefined
  return () => {
    const value = readCookie(name)
    return value && decoded(value)
  }
}
