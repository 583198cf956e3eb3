/** What sends for the patched globals. */
export interface Carrier {
  readonly fetch: typeof globalThis.fetch
  /** Whether a request for that is the carrier's. */
  takes(input: RequestInfo | URL): boolean
}

/** A `fetch` that gives the carrier what it takes, and calls the one below as it was called itself. */
export function patchedFetch(below: typeof globalThis.fetch, carrier: Carrier): typeof globalThis.fetch {
  function fetch(this: unknown, ...given: Parameters<typeof globalThis.fetch>): Promise<Response> {
    // Without an argument there is nothing to ask for: `undefined` would be a relative address.
    const isOurs = given.length > 0 && carrier.takes(given[0])
    return isOurs ? carrier.fetch(...given) : Reflect.apply(below, this, given)
  }
  return Object.defineProperty(fetch, 'length', { value: below.length, configurable: true })
}
