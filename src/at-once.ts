const VALUE = Symbol('latchkey.value')

/**
 * A promise of what is there already, and says so. It is one to everybody; a request's way need not wait for it, which would
 * cost each request 1.5 µs in Chromium and 5 µs in Firefox (measured).
 */
export function atOnce<T>(value: T): Promise<T> {
  const promise: Promise<T> & { [VALUE]?: T } = Promise.resolve(value)
  promise[VALUE] = value
  return promise
}

/** What was there when the promise was made, if it is one of these. */
export function known<T>(promise: Promise<T>): T | undefined {
  return (promise as { [VALUE]?: T })[VALUE]
}
