/**
 * The cookies that script is shown here, each as `name=value`, or as a value alone if it has no name; a value can't
 * hold a `;`, so this takes nothing apart that belongs together (RFC 6265bis s. 5.6). A worker has no `document`; a
 * sandboxed frame's throws.
 */
export function shownCookies(): string[] {
  return (globalThis.document?.cookie ?? '').split('; ').filter(Boolean)
}

/** The same where nobody minds that they can't be seen: a sandboxed frame's are none. */
export function shownCookiesOrNone(): string[] {
  try {
    return shownCookies()
  } catch {
    return []
  }
}

/**
 * The values of all of `cookies` that have exactly this name, neither decoded nor unquoted. The longest path comes
 * first, then the oldest (RFC 6265bis s. 5.8.3), which is the order that the server is sent them in.
 */
export function valuesOf(name: string, cookies: readonly string[]): string[] {
  const start = `${name}=`
  return cookies.filter((pair) => pair.startsWith(start)).map((pair) => pair.slice(start.length))
}
