/**
 * Exactly this cookie: js-cookie reads names of `Object.prototype` and lone quotes wrong. A worker has no
 * `document`, and a sandboxed frame may not touch its cookies: neither has one.
 */
export function readCookie(name: string): string | undefined {
  try {
    const pair = document.cookie.split('; ').find((one) => one.startsWith(`${name}=`))
    return pair && decoded(pair.slice(name.length + 1))
  } catch {
    return undefined
  }
}

/** Laravel's and Spring's tokens are percent-encoded; others may hold a `%` that is no escape. */
function decoded(value: string): string {
  try {
    const text = decodeURIComponent(value)
    // What is no header value was no escape, either.
    return /[^ -~]/.test(text) ? value : text
  } catch {
    return value
  }
}
