import Cookies from 'js-cookie'
import { LatchkeyError } from '../errors.js'
import { isLoopback, must } from '../options.js'
import type { Store } from '../types.js'

/** A cookie's name and attributes (RFC 6265bis s. 4.1). */
export interface CookieAttributes {
  /** What the server calls the cookie: a token by RFC 9110, without `%`. */
  name: string
  /** Days until the browser forgets it. @default none: it is gone when the browser closes */
  expires?: number | undefined
  /** @default '/' */
  path?: string | undefined
  /** Also send it to this domain's sub-domains. @default none: to the page's own host alone */
  domain?: string | undefined
  /** @default true, but on plain http of this device, where WebKit would refuse it */
  secure?: boolean | undefined
  /** @default 'Strict' */
  sameSite?: 'Strict' | 'Lax' | 'None' | undefined
  /** Keep it apart for each embedding site (CHIPS). @default false */
  partitioned?: boolean | undefined
}

/** RFC 6265bis s. 5.6: browsers drop a cookie whose name and value are longer, without a word. */
const MAX_BYTES = 4096

/** A cookie that script writes, under a name of the server's choice: the key of the context is not used. */
export function cookie(attributes: CookieAttributes): Store {
  check(attributes)
  const { name, expires } = attributes
  const read = () => {
    const value: unknown = Cookies.get(name)
    // js-cookie finds the properties of Object.prototype, too.
    return typeof value === 'string' ? value : undefined
  }
  return {
    name: 'cookie',
    persistent: expires !== undefined,
    read: async () => read(),
    async write(_, value) {
      refuseUnwritable(name, value)
      const asked = complete(attributes)
      Cookies.set(name, value, asked)
      if (read() === value) return
      Cookies.remove(name, asked)
      throw refused('the browser did not keep it: check "secure", "domain", and whether cookies are blocked')
    },
    async erase() {
      Cookies.remove(name, complete(attributes))
      if (read() !== undefined) throw refused('it could not be removed')
    },
  }
}

/** js-cookie copies inherited properties (CVE-2026-46625), so every attribute is an own one here. */
function complete({ name, path, domain, expires, secure, sameSite, partitioned }: CookieAttributes) {
  const { protocol, hostname } = globalThis.location
  const risky = protocol !== 'http:' || !isLoopback(hostname) || name.startsWith('__')
  const unset = { 'max-age': undefined, samesite: undefined, httponly: undefined }
  return { ...unset, path, domain, expires, sameSite, partitioned, secure: secure ?? risky }
}

function refuseUnwritable(name: string, value: string): void {
  if (/\p{Cc}/u.test(value)) throw refused('it holds a control character')
  // What js-cookie will write: RFC 6265's characters as they are, the others percent-encoded.
  const bytes = name.length + (Cookies.converter.write?.(value, name) ?? value).length
  if (bytes > MAX_BYTES) throw refused(`it takes ${bytes} bytes, and browsers drop more than ${MAX_BYTES}`)
}

function refused(message: string): LatchkeyError {
  return new LatchkeyError('ERR_COOKIE_REFUSED', { message, strategy: 'cookie' })
}

function check({ name, expires, path, domain, secure, sameSite, partitioned }: CookieAttributes): void {
  const isHost = /^__Host-/i.test(name)
  const needsSecure = partitioned || sameSite === 'None' || /^__(Host|Secure)-/i.test(name)
  must('name', /^[\w!#$&'*+.^`|~-]+$/.test(name), 'be the name of a cookie')
  must('expires', expires === undefined || (expires > 0 && expires < 1e5), 'be a positive number of days')
  must(
    'path',
    /^\/[^;\p{Cc}]*$/u.test(path ?? '/') && (!isHost || path === '/'),
    'begin with "/", and be "/" for __Host-',
  )
  must('domain', !domain || (/^[\w.-]+$/.test(domain) && !isHost), 'be a domain, and none for __Host-')
  must('sameSite', /^(Strict|Lax|None)$/.test(`${sameSite}`), "be 'Strict', 'Lax' or 'None'")
  must('secure', !needsSecure || secure !== false, 'be on for this name or "sameSite" or "partitioned"')
}
