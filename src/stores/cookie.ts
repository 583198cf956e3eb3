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
      write(value, attributes)
      if (read() === value) return
      write('', { ...attributes, expires: -1 })
      throw refused('not kept: check "secure", "domain", blocked cookies')
    },
    async erase() {
      write('', { ...attributes, expires: -1 })
      if (read() !== undefined) throw refused('not removed')
    },
  }
}

/** Not by js-cookie's set: it takes attributes from `Object.prototype`, too (as in CVE-2026-46625). */
function write(value: string, attributes: CookieAttributes): void {
  const { name, path, domain, expires, secure, sameSite, partitioned } = attributes
  const { protocol, hostname } = globalThis.location
  const isRisky = protocol !== 'http:' || !isLoopback(hostname) || needsSecure(attributes)
  const days = expires === undefined ? undefined : new Date(Date.now() + expires * 86_400_000)
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is asynchronous, and not everywhere
  document.cookie = [
    `${name}=${encoded(value)}; Path=${path}; SameSite=${sameSite}`,
    ...(days ? [`Expires=${days.toUTCString()}`] : []),
    ...(domain ? [`Domain=${domain}`] : []),
    ...((secure ?? isRisky) ? ['Secure'] : []),
    ...(partitioned ? ['Partitioned'] : []),
  ].join('; ')
}

/** As js-cookie does: RFC 6265's characters as they are, the others percent-encoded. */
function encoded(value: string): string {
  return Cookies.converter.write?.(value, '') ?? value
}

function refuseUnwritable(name: string, value: string): void {
  if (/\p{Cc}/u.test(value)) throw refused('it holds a control character')
  const bytes = name.length + encoded(value).length
  if (bytes > MAX_BYTES) throw refused(`it takes ${bytes} bytes of ${MAX_BYTES}`)
}

function refused(message: string): LatchkeyError {
  return new LatchkeyError('ERR_COOKIE_REFUSED', { message, strategy: 'cookie' })
}

/** Browsers refuse these without it. */
function needsSecure({ name, sameSite, partitioned }: CookieAttributes): boolean {
  return partitioned === true || sameSite === 'None' || /^__(Host|Secure)-/i.test(name)
}

function check(attributes: CookieAttributes): void {
  const { name, expires, path, domain, secure, sameSite } = attributes
  const isHost = /^__Host-/i.test(name)
  const isDays = typeof expires === 'number' && expires > 0 && expires < 1e5
  const isDomain = typeof domain === 'string' && /^[\w.-]+$/.test(domain)
  must('name', /^[\w!#$&'*+.^`|~-]+$/.test(name), 'be the name of a cookie')
  must('expires', expires === undefined || isDays, 'be a positive number of days')
  must(
    'path',
    /^\/[^;\p{Cc}]*$/u.test(`${path}`) && !(isHost && path !== '/'),
    'begin with "/", and be it for __Host-',
  )
  must('domain', domain === undefined || (isDomain && !isHost), 'be a domain, and none for __Host-')
  must('sameSite', /^(Strict|Lax|None)$/.test(`${sameSite}`), "be 'Strict', 'Lax' or 'None'")
  must(
    'secure',
    [undefined, true, needsSecure(attributes)].includes(secure),
    'be true for this name, "sameSite" or "partitioned"',
  )
}
