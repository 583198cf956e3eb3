import { isLoopback, must } from '../options.js'

/**
 * The places that a credential may go to: `'self'` for the page's own origin, or an origin as the browser
 * writes it, such as `https://api.example.com`, with a path to stay below if wanted. There are no patterns.
 */
export function createOrigins(allowed: readonly string[], allowInsecure: boolean): readonly string[] {
  must('allowedOrigins', Array.isArray(allowed) && allowed.length, RULE)
  return allowed.map((entry) => (entry === 'self' ? ownOrigin() : checked(entry, allowInsecure)))
}

/** Takes `request.url`: the browser's own serialization is canonical, so it can be compared as text. */
export function allows(origins: readonly string[], url: string): boolean {
  return origins.some((origin) => url.startsWith(origin) && '/?#'.includes(url[origin.length] ?? '/'))
}

/** No URL begins with "null" or "undefined": an opaque origin, or no page at all, allows nothing. */
function ownOrigin(): string {
  return String(globalThis.location?.origin)
}

const RULE = "be 'self' or https origins"

/** Only what the browser itself would write can ever match, so anything else is a mistake. */
function checked(entry: string, allowInsecure: boolean): string {
  const url = URL.canParse(entry) && new URL(entry)
  const asWritten = url && (entry === url.origin || entry === url.href) && /^https?:[^?#@*]+$/.test(entry)
  const secure = asWritten && (url.protocol === 'https:' || allowInsecure || isLoopback(url.hostname))
  must('allowedOrigins', secure, RULE)
  return entry.replace(/\/$/, '')
}
