import { shownCookiesOrNone, valuesOf } from '../../shown-cookies.js'

/**
 * Whether an origin is of the page's own site (the same scheme and registrable domain), which is what SameSite
 * goes by; `undefined` where that can't be found out. To some browsers, a scheme alone makes no other site.
 * @see https://html.spec.whatwg.org/multipage/browsers.html#same-site
 */
export function isSameSite(origin: string): boolean | undefined {
  const own = globalThis.location
  if (own === undefined || !URL.canParse(origin)) return undefined
  const { protocol, hostname } = new URL(origin)
  const isOne = hostname === own.hostname || hasOneDomain(sharedDomain(own.hostname, hostname))
  return isOne && protocol !== own.protocol ? undefined : isOne
}

/** The labels that two host names have in common at their ends; nothing if that can be no site. */
export function sharedDomain(one: string, other: string): string | undefined {
  const [labels, others] = [one.split('.').reverse(), other.split('.').reverse()]
  const first = labels.findIndex((label, index) => label !== others[index])
  const shared = (first < 0 ? labels : labels.slice(0, first)).reverse()
  return shared.length > 1 && !/^[\d.]+$/.test(one) ? shared.join('.') : undefined
}

/**
 * Browsers have the list of public suffixes, such as `co.uk`, and keep no cookie for one: that is how script can
 * ask them.
 * @see https://www.rfc-editor.org/rfc/rfc6265#section-5.3
 */
function hasOneDomain(domain: string | undefined): boolean | undefined {
  if (domain === undefined) return false
  // One more might cost another one.
  if (shownCookiesOrNone().length >= MANY) return undefined
  return keeps(`; Domain=${domain}`) || (keeps('') ? false : undefined)
}

/** Whether a cookie with that attribute is kept. It is erased at once. */
function keeps(attribute: string): boolean {
  write(`1; Max-Age=9${attribute}`)
  const isKept = hasCookie(NAME)
  write(`; Max-Age=0${attribute}`)
  return isKept
}

const NAME = 'latchkey-site'
const MANY = 149

/** A worker has no `document`, and a sandboxed frame may not touch its cookies: neither keeps one. */
function write(rest: string): void {
  try {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is asynchronous, and not everywhere
    document.cookie = `${NAME}=${rest}; SameSite=Strict`
  } catch {}
}

/** Whether the page sees a cookie of that name, or of the one with the prefix that is preferred to it. */
export function hasCookie(name: string): boolean {
  return [`__Host-${name}`, name].some((one) => valuesOf(one, shownCookiesOrNone()).length > 0)
}

/** The origins of the pages that this one is embedded in; one that nobody knows where the browser does not tell. */
export function embedders(): readonly string[] {
  const { top, window, location } = globalThis
  return [...(location?.ancestorOrigins ?? (top === window ? [] : ['null']))]
}

/** Whether this page has the cookies of its own site: at the top always. A worker can't ask, nor a page that is left. */
export async function mayUseCookies(): Promise<boolean> {
  try {
    return await document.hasStorageAccess()
  } catch {
    return true
  }
}
