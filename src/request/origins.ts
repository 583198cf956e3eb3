import { isLoopback, must } from '../options.js'

/** Where a credential may go. All take a `request.url`: the browser's own serialization is canonical, so text can be compared. */
export interface Origins {
  /** The first of the list. */
  readonly first: string
  /** Whether it may go there. */
  allows(url: string): boolean
  /** Whether all of the URL's origin is allowed, and not a part of it alone. */
  allowsOrigin(url: string): boolean
  /** Whether anything of the URL's origin is allowed. */
  knows(url: string): boolean
}

/**
 * The places that a credential may go to: `'self'` for the page's own origin, or an origin as the browser
 * writes it, such as `https://api.example.com`, with a path to stay below if wanted. There are no patterns.
 */
export function createOrigins(allowed: readonly string[], allowInsecure: boolean): Origins {
  // Each once, and own ones alone: what is on a prototype would fill a hole, and a method of the list's own could lie.
  const entries: string[] = Array.isArray(allowed) ? Object.values(allowed) : []
  must('allowedOrigins', entries.length && entries.length === allowed.length, RULE)
  const places = entries.map((entry) => (entry === 'self' ? ownOrigin() : checked(entry, allowInsecure)))
  // By origin, so that a request pays no more for a long list than for a short one.
  const byOrigin = new Map<string, readonly string[]>()
  const placesAt = (url: string) => byOrigin.get(originIn(url)) ?? []
  for (const place of places) byOrigin.set(originIn(`${place}/`), [...placesAt(`${place}/`), place])
  return {
    first: String(places[0]),
    allows: (url) => placesAt(url).some((place) => isBelow(url, place)),
    allowsOrigin: (url) => placesAt(url).includes(originIn(url)),
    knows: (url) => byOrigin.has(originIn(url)),
  }
}

/** What comes before the path: the first slash after those of `https://`. Other schemes are found by what comes before it, too. */
function originIn(url: string): string {
  return url.slice(0, url.indexOf('/', 8))
}

function isBelow(url: string, place: string): boolean {
  return url.startsWith(place) && '/?#'.includes(url.charAt(place.length))
}

/**
 * The page's own origin. A sandboxed frame has another one than its location, an opaque one: "null". No URL begins with
 * that or "undefined", so such a frame, or no page at all, allows nothing.
 * @see https://html.spec.whatwg.org/multipage/webappapis.html#dom-origin
 */
export function ownOrigin(): string {
  return globalThis.origin === 'null' ? 'null' : String(globalThis.location?.origin)
}

const RULE = "be 'self' or https origins"

/** Only what the browser itself would write can ever match, so anything else is a mistake. */
function checked(entry: string, allowInsecure: boolean): string {
  const url = typeof entry === 'string' && URL.canParse(entry) && new URL(entry)
  const asWritten = url && (entry === url.origin || entry === url.href) && /^https?:[^?#@*]+$/.test(entry)
  const secure = asWritten && (url.protocol === 'https:' || allowInsecure || isLoopback(url.hostname))
  must('allowedOrigins', secure, RULE)
  return entry.replace(/\/$/, '')
}
