import Cookies from 'js-cookie'
import { isEmbedded } from '../embedded.js'
import { LatchkeyError } from '../errors.js'
import { isLoopback, must } from '../options.js'
import { shownCookies, valuesOf } from '../shown-cookies.js'
import type { Store } from '../types.js'

/** A cookie's name and attributes (RFC 6265bis s. 4.1). */
export interface CookieAttributes {
  /** What the server calls the cookie: a token by RFC 9110, without `%`. */
  name: string
  /** Days until the browser forgets it. @default none: it is gone when the browser closes */
  expires?: number | undefined
  /** Below which path it is sent. @default '/' */
  path?: string | undefined
  /** Also send it to this domain's sub-domains. @default none: to the page's own host alone */
  domain?: string | undefined
  /** Send it over https alone. @default true, but on plain http of this device, where WebKit would refuse it */
  secure?: boolean | undefined
  /**
   * `'None'` is written only while the page is embedded in one of another origin, and `Lax` otherwise: an iOS
   * home-screen app lost such a cookie at each launch.
   * @default 'Strict'
   * @see https://github.com/mealie-recipes/mealie/issues/7859
   */
  sameSite?: 'Strict' | 'Lax' | 'None' | undefined
  /**
   * Keep it apart for each embedding site (CHIPS); it wants `sameSite: 'None'`. Written only while the page is
   * embedded in one of another origin, for the same reason.
   * @default false
   */
  partitioned?: boolean | undefined
}

/** RFC 6265bis s. 5.6: browsers drop a cookie whose name and value are longer, without a word. */
const MAX_BYTES = 4096

/**
 * As many may be there without another one's being dropped. Measured, with cookies of script's on one host: when the
 * 181st comes, Chromium and Firefox drop the 31 oldest without a word, and 150 are left; WebKitGTK keeps all of 320.
 * Script doesn't see all that count, such as HttpOnly ones and those of other paths.
 */
const MAX_COOKIES = 150

/**
 * A cookie that script writes, under a name of the server's choice: the key of the context is not used. What a server
 * wrote is read percent-decoded if it can be, and otherwise as the browser holds it; quotes are part of it.
 */
export function cookie(attributes: CookieAttributes): Store {
  check(attributes)
  const { name, expires } = attributes
  const read = () => {
    const [value] = valuesOf(name, shownCookies()).map(decoded)
    return value
  }
  return {
    name: 'cookie',
    persistent: expires !== undefined,
    read: async () => read(),
    async write(_, value) {
      refuseUnwritable(name, value)
      const [form, ...others] = formsOf(attributes)
      write(value, form)
      if (valuesOf(name, shownCookies()).length > 1) others.forEach(drop)
      if (read() === value) return
      drop(form)
      throw refused('not kept: check "secure", "domain", blocked cookies, another cookie of this name')
    },
    async erase() {
      formsOf(attributes).forEach(drop)
      if (read() !== undefined) throw refused('not removed')
    },
  }
}

/**
 * The cookie as it is written now, and as this page may have written it where it was embedded or not: a partitioned
 * cookie is another one than the one without, and both are shown where the embedding page is of the same site.
 */
function formsOf(attributes: CookieAttributes): [CookieAttributes, ...CookieAttributes[]] {
  const { sameSite, partitioned } = attributes
  const alone: CookieAttributes = {
    ...attributes,
    sameSite: sameSite === 'None' ? 'Lax' : sameSite,
    partitioned: false,
  }
  const [form, other] = isEmbedded() ? [attributes, alone] : [alone, attributes]
  return partitioned ? [form, other] : [form]
}

function drop(form: CookieAttributes): void {
  write('', { ...form, expires: -1 })
}

/** Not by js-cookie's set: it takes attributes from `Object.prototype`, too (as in CVE-2026-46625). */
function write(value: string, form: CookieAttributes): void {
  const { name, path, domain, expires, secure, sameSite, partitioned } = form
  const { protocol, hostname } = globalThis.location
  const isRisky = protocol !== 'http:' || !isLoopback(hostname) || needsSecure(form)
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

/** Not by js-cookie's get, which takes a lone quote away, and finds the properties of `Object.prototype`. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

function refuseUnwritable(name: string, value: string): void {
  if (/\p{Cc}/u.test(value)) throw refused('it holds a control character')
  const bytes = name.length + encoded(value).length
  if (bytes > MAX_BYTES)
    throw refused(`encoded it takes ${bytes} bytes of ${MAX_BYTES}: shorten it, or use tokenStrategy`)
  const shown = shownCookies()
  if (shown.length >= MAX_COOKIES && !valuesOf(name, shown).length)
    throw refused(
      `${shown.length} cookies are here, and browsers drop the oldest beyond ${MAX_COOKIES}: remove some`,
    )
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
