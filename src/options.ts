/** Throws a `TypeError` that begins with the quoted option, as all wrong configuration does. */
export function must(option: string, condition: unknown, be: string): asserts condition {
  if (!condition) throw new TypeError(`"${option}" must ${be}`)
}

/**
 * A copy of the object's own properties on no prototype, so that nothing written on `Object.prototype`
 * is ever taken for an option, a token's field or a claim.
 */
export function own<T extends object>(object: T): T {
  return Object.assign(Object.create(null), object)
}

/** Of a plain object, what it does not have itself is no choice of the caller's. */
export function ownInit(given: RequestInit | undefined): RequestInit | undefined {
  return given && Object.getPrototypeOf(given) === Object.prototype ? own(given) : given
}

/**
 * What an object or its class has under that name, and not what was written on `Object.prototype`. A method can be called
 * alone: it knows whose it is.
 */
export function optional<T extends object, K extends keyof T>(object: T, name: K): T[K] | undefined {
  let at: object | null = object
  while (at && at !== Object.prototype && !Object.hasOwn(at, name)) at = Object.getPrototypeOf(at)
  if (!at || at === Object.prototype) return undefined
  const value: T[K] = object[name]
  return typeof value === 'function' ? value.bind(object) : value
}

/** Options of which those that have a default are no longer optional. */
export type WithDefaults<T, D> = {
  [K in keyof T & keyof D]-?: undefined extends D[K] ? T[K] : Exclude<T[K], undefined>
}

/**
 * The caller's options over the defaults. An option without a default is refused, and so is a value of
 * another type than the default's, or a number that is no duration in seconds; `undefined` as a default
 * takes any value, and as a value is the default.
 */
export function withDefaults<T extends object, D extends Record<keyof T, unknown>>(
  of: string,
  given: T,
  defaults: D,
): WithDefaults<T, D> {
  const options: Record<string, unknown> = own(defaults)
  for (const [name, value] of Object.entries(given ?? {})) {
    must(name, name in options, `be an option of ${of}`)
    if (value === undefined) continue
    const type = typeof options[name]
    // Numbers are times in seconds; a browser's timers end before 2^31 ms, 24.8 days.
    const isTime = typeof value !== 'number' || (value >= 0 && value < 2e6)
    const isValid = typeof value === type && value !== null && isTime
    must(name, isValid || type === 'undefined', `be a ${type}`)
    options[name] = value
  }
  return options as WithDefaults<T, D>
}

/** Whether a host name means this device (RFC 6761 s. 6.3, RFC 5735 s. 3), where plain http is no risk. */
export function isLoopback(hostname: string): boolean {
  return /^((.+\.)?localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
}
