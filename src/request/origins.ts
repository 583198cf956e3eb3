import { isLoopback, must } from '../options.js'

/**
 * The places that a credential may go to: `'self'` for the page's own origin, or an origin as the browser
 * writes it, such as `https://api.example.com`, with a path to stay below if wanted. There are no patterns.
 */
export function createOrigins(allowed: readonly string[], allowInsecure: boolean): readonly string[] {
  // Each once, and own ones alone: what is on a prototype would fill a hole, and a method of the list's own could lie.
  const entries: string[] = Array.isArray(allowed) ? Object.values(allowed) : []
  must('allowedOrigins', entries.length && entries.length === allowed.length, RULE)
  return entries.map((entry) => (entry === 'self' ? ownOrigin() : checked(entry, allowInsecure)))
}

/** Takes `request.url`: the browser's own serialization is canonical, so it can be compared as text. */
export function allows(origins: readonly string[], url: string): boolean {
  return origins.some((origin) => url.startsWith(origin) && '/?#'.includes(url.charAt(origin.length)))
}

/** Whether all of the URL's origin is allowed, and not a part of it alone. */
export function allowsOrigin(origins: readonly string[], url: string): boolean {
  return origins.includes(new URL(url).origin)
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
