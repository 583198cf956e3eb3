import { mustBeSecureContext } from '../keys.js'
import { must, withDefaults } from '../options.js'
import type { DpopPlacement } from '../types.js'
import { createDpopFetch } from './dpop-fetch.js'
import { createDpopKey } from './dpop-key.js'
import { createDpopServers, type DpopServers, type ProofRefusal, refusalIn } from './dpop-servers.js'
import { proofOf, thumbprintOf } from './proof.js'

/** What {@link dpop} takes. */
export interface DpopOptions {
  /** Keeps the keys of two clients of one origin apart. @default one for all */
  name?: string | undefined
  /**
   * Where the key is: `'indexedDB'`, for all tabs and after a reload, or `'memory'`, for this page alone, which suits
   * {@link memoryStrategy}. A token is worth nothing without its key. @default 'indexedDB'
   */
  storage?: 'indexedDB' | 'memory' | undefined
  /** The databases. @default the global `indexedDB`, looked up at each use */
  indexedDB?: IDBFactory | undefined
  /** The clock, in milliseconds since the epoch. @default Date.now */
  now?: (() => number) | undefined
}

/**
 * `Authorization: DPoP …` and with it, made for each request, a proof that it comes from whoever holds a key
 * (RFC 9449): a token that was read from the store, a log or a proxy is worth nothing elsewhere. The key is made by the
 * browser (ES256), no script can read it, and it stays when the user signs out.
 *
 * **An injected script can still use it** while the page is open: it can send requests, and make proofs for later ones
 * unless the server wants nonces. It is no protection against XSS, only against what XSS takes away with it.
 *
 * One and the same is given to the strategy, as `placement`, and to {@link oauthRefresh}, as `dpop`; its `fetch` is for
 * the app's own call of the token endpoint. A server on another origin has to allow the request headers `Authorization`
 * and `DPoP`, and to expose the response headers `DPoP-Nonce` and `WWW-Authenticate`. A wrong clock of this device is
 * found out by the `Date` of a refusal, where that is exposed, or by the token's claim `iat`. A token endpoint has the
 * `Date` alone, and should expose it: else a wrong clock is not put right there.
 *
 * A redirect is refused unless the caller chose a `redirect` mode: browsers carry the proof along, and it is for the
 * first URL alone.
 *
 * @throws TypeError on plain http, where there are no keys
 * @throws {@link LatchkeyError} `ERR_STORAGE_FAILED` from what it sends, if the key can't be kept: one in memory instead
 * would end the session of a user whose database is only slow
 * @see https://www.rfc-editor.org/rfc/rfc9449
 */
export function dpop(options: DpopOptions = {}): DpopPlacement {
  const given = withDefaults('dpop', options, DEFAULTS)
  must('storage', /^(indexedDB|memory)$/.test(given.storage), "be 'indexedDB' or 'memory'")
  mustBeSecureContext('dpop')
  const { inHand, stored } = createDpopKey(given)
  // What an authorization server wants is no API's wish, also where both are at one origin (RFC 9449 s. 9).
  const [apis, endpoints] = [createDpopServers(given.now), createDpopServers(given.now)]
  const prove = async (request: Request, servers: DpopServers, token?: string) => {
    const key = await (servers === endpoints ? stored() : inHand())
    const { method, url } = request
    request.headers.set('dpop', await proofOf(key, { method, url, token, ...servers.claimsFor(request) }))
  }
  return {
    name: 'dpop',
    tokenType: 'DPoP',
    needs: { nonceResponseHeader: 'DPoP-Nonce' },
    async attach(request, credential, context) {
      const { headers } = request
      const token = credential?.access_token
      const isCallers = !context?.isResend && (headers.has('authorization') || headers.has('dpop'))
      if (!token || isCallers) return undefined
      await prove(request, apis, token)
      headers.set('authorization', `DPoP ${token}`)
      return request
    },
    expectsRefusal: ({ url }) => apis.mayRefuse(url),
    review: ({ carrier, credential, response, isResent }) =>
      apis.learn(carrier, response, refusalOf(response), credential) && !isResent,
    fetch: createDpopFetch(endpoints, (request) => prove(request, endpoints)),
    thumbprint: async () => thumbprintOf(await stored()),
  }
}

const DEFAULTS = { name: '', storage: 'indexedDB', indexedDB: undefined, now: () => Date.now() }

/** RFC 9449 s. 7.1 and 9. A server that lets script see the nonce and not the reason has most likely refused the nonce. */
function refusalOf({ status, headers }: Response): ProofRefusal {
  return status === 401 ? refusalIn(headers.get('www-authenticate') ?? 'use_dpop_nonce') : undefined
}
