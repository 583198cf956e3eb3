import type { Fail } from '../errors.js'
import { own } from '../options.js'
import type { Ask } from '../types.js'
import { inTime } from '../unless-aborted.js'
import type { Origins } from './origins.js'

export interface AskOptions {
  origins: Origins
  fetch: (request: Request) => Promise<Response>
  refreshTimeoutSeconds: number
  fail: Fail
}

/** Asks beside the requests of the app, under the same rule: with cookies, and so nowhere but at allowed origins. */
export function createAsk({ origins, fetch, refreshTimeoutSeconds, fail }: AskOptions): Ask {
  return (url) =>
    inTime(refreshTimeoutSeconds, async (signal) => {
      const request = new Request(url, own<RequestInit>({ ...ASKING, signal }))
      if (!origins.allows(request.url)) throw fail('ERR_FOREIGN_ORIGIN')
      return fetch(request)
    })
}

/** `Accept` alone needs no preflight (Fetch s. 2.2.2). */
const ASKING: RequestInit = {
  headers: { Accept: 'application/json' },
  credentials: 'include',
  cache: 'no-store',
  redirect: 'manual',
}
