import { LatchkeyError } from '../errors.js'
import { keyNamed, mustBeSecureContext } from '../keys.js'
import { must, own, withDefaults } from '../options.js'
import { remade } from '../remade.js'
import type { DpopPlacement } from '../types.js'
import { createDpopServers, type DpopServers, type ProofRefusal } from './dpop-servers.js'
import { makeKeys, type ProofKey, proofKeyOf, proofOf, thumbprintOf } from './proof.js'

/** What {@link dpop} takes. */
export interface DpopOptions {
  /** Keeps the keys of two clients of one origin apart. @default one for all */
  name?: string | undefined
  /**
   * Where the key is: `'indexedDB'`, for all tabs and after a reload, or `'memory'`, for this page alone, which suits
   * {@link memoryStrategy}. A token is worth nothing without its key. @default 'indexedDB'
   */
  storage?: 'indexedDB' | 'memory' | undefined
  /** @default the global `indexedDB`, looked up at each use */
  indexedDB?: IDBFactory | undefined
  /** The clock, in milliseconds since the epoch. @default Date.now */
  now?: (() => number) | undefined
}

/**
 * `Authorization: DPoP …` and with it, made for each request, a proof that it comes from whoever holds a key
 * (RFC 9449): a token that was read from the store, a log or a proxy is worth nothing elsewhere. The key is made by the
 * browser (ES256), and no script can read it.
 *
 * **An injected script can still use it** while the page is open: it can send requests, and make proofs for later ones
 * unless the server wants nonces. It is no protection against XSS, only against what XSS takes away with it.
 *
 * One and the same is given to the strategy, as `placement`, and to {@link oauthRefresh}, as `dpop`; its `fetch` is for
 * the app's own call of the token endpoint. A server on another origin has to allow the request headers `Authorization`
 * and `DPoP`, and to expose the response headers `DPoP-Nonce` and `WWW-Authenticate`. A wrong clock of this device is
 * found out by the `Date` of a refusal, where that is exposed, or by the token's claim `iat`.
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
  const { now, ...where } = withDefaults('dpop', options, DEFAULTS)
  must('storage', /^(indexedDB|memory)$/.test(where.storage), "be 'indexedDB' or 'memory'")
  mustBeSecureContext('dpop')
  const keyOnce = createKey(where)
  // An authorization server's nonces are none of an API's, also where both are at one origin (RFC 9449 s. 9).
  const [apis, endpoints] = [createDpopServers(now), createDpopServers(now)]

  const prove = async (request: Request, servers: DpopServers, token?: string) => {
    const key = await keyOnce()
    const { method, url } = request
    request.headers.set('dpop', await proofOf(key, { method, url, token, ...servers.claimsFor(request) }))
  }
  const sent = async (carrier: Request, send: (request: Request) => Promise<Response>) => {
    await prove(carrier, endpoints)
    const response = await send(carrier)
    return [response, endpoints.learn(carrier, response, await refusalAtEndpoint(response))] as const
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
    async review({ carrier, credential, response, isResent }) {
      return apis.learn(carrier, response, refusalAtApi(response), credential) && !isResent
    },
    async fetch(input, init, send = (request) => globalThis.fetch(request)) {
      const request = new Request(input, init)
      // Whatever it is, it can be sent twice as a Blob; what is sent to a token endpoint is small.
      const body = /^(GET|HEAD)$/.test(request.method) ? null : await request.blob()
      const redirect = request.redirect === 'follow' ? 'error' : request.redirect
      const carrier = () => remade(request, { redirect, body })
      const [response, isWorthMore] = await sent(carrier(), send)
      if (!isWorthMore) return response
      response.body?.cancel().catch(() => {})
      const [second] = await sent(carrier(), send)
      return second
    },
    async thumbprint() {
      return thumbprintOf(await keyOnce())
    },
  }
}

const DEFAULTS = { name: '', storage: 'indexedDB', indexedDB: undefined, now: () => Date.now() }

/** How long a database may take to give a key, in seconds. */
const PATIENCE_SECONDS = 5

/** Looked for, or made, at the first need, and again at the next one if that failed. */
function createKey({
  name,
  storage,
  indexedDB,
}: Omit<Required<DpopOptions>, 'now'>): () => Promise<ProofKey> {
  let key: Promise<ProofKey> | undefined
  const stored = () => {
    const signal = AbortSignal.timeout(PATIENCE_SECONDS * 1000)
    return keyNamed(
      name ? `dpop.${name}` : 'dpop',
      { signal, timeoutSeconds: PATIENCE_SECONDS, indexedDB },
      makeKeys,
    )
  }
  const found = async () => {
    try {
      return await proofKeyOf(await (storage === 'memory' ? makeKeys() : stored()))
    } catch (cause) {
      key = undefined
      // As it came it might be a TypeError, which a refresh takes for an answer that was lost.
      throw new LatchkeyError('ERR_STORAGE_FAILED', { cause })
    }
  }
  return () => {
    key ??= found()
    return key
  }
}

function refusalIn(text: string): ProofRefusal {
  return /use_dpop_nonce|invalid_dpop_proof/.exec(text)?.[0] as ProofRefusal
}

/** RFC 9449 s. 7.1 and 9. A server that lets script see the nonce and not the reason has most likely refused the nonce. */
function refusalAtApi({ status, headers }: Response): ProofRefusal {
  return status === 401 ? refusalIn(headers.get('www-authenticate') ?? 'use_dpop_nonce') : undefined
}

/** RFC 9449 s. 8. The body is the caller's, so a copy is read. */
async function refusalAtEndpoint(response: Response): Promise<ProofRefusal> {
  const { status, headers } = response
  if (!/^40[01]$/.test(`${status}`)) return undefined
  const answer: unknown = await response
    .clone()
    .json()
    .catch(() => undefined)
  const { error } = own(Object(answer))
  return refusalIn([typeof error === 'string' && error, headers.get('www-authenticate')].join())
}
