import type { Carrier } from '../patched-fetch.js'

/** What a request was told between `open` and `send`. */
export interface Plan {
  readonly url: string
  readonly method: string
  readonly headers: Headers
}

/**
 * What `open` was given, if it is the carrier's: not where the caller waits for the answer, and not with a user's name
 * and password, which are the caller's own credential unless they are empty. The address is the one of now: a `<base>`
 * may change it later.
 */
export function planned(given: readonly unknown[], carrier: Carrier): Plan | undefined {
  const [method, address, isAsync, user, password] = given
  // Left out it means true, and `undefined` false (Web IDL, overloads of `open`).
  if (given.length < 2 || (given.length > 2 && !isAsync) || user || password) return undefined
  const request = requestFor(`${address}`)
  if (!request || !carrier.takes(request.url)) return undefined
  return { url: request.url, method: `${method}`, headers: new Headers() }
}

/** Also a name and a password in the address are refused by `fetch`. */
function requestFor(address: string): Request | undefined {
  try {
    return new Request(address)
  } catch {
    return undefined
  }
}
