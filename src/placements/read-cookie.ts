import { shownCookiesOrNone, valuesOf } from '../shown-cookies.js'

/**
 * The value of exactly this cookie, as the browser holds it: not decoded. `__Host-` and the name is preferred where
 * it is there, since no sub-domain can set it (RFC 6265bis s. 4.1.3.2). A worker has no cookies, and a sandboxed
 * frame may not touch its own: neither has one.
 *
 * @param onDuplicate is called if there is more than one of them; the first is returned, as most servers take it
 */
export function readCookie(name: string, onDuplicate?: () => void): string | undefined {
  const cookies = shownCookiesOrNone()
  const [value, ...others] = [`__Host-${name}`, name].flatMap((one) => valuesOf(one, cookies))
  if (others.length > 0) onDuplicate?.()
  return value
}
