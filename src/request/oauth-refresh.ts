import { LatchkeyError } from '../errors.js'
import { nativeFetch } from '../native-fetch.js'
import { isLoopback, must, own, withDefaults } from '../options.js'
import type { DpopPlacement, Refresh, TokenResponse } from '../types.js'
import { retryAfterMs } from './retry-after.js'

/** What {@link oauthRefresh} takes. */
export interface OAuthRefreshOptions {
  /** The absolute https URL of the token endpoint; http for this device only. */
  tokenEndpoint: string
  /** The public client's identifier (RFC 6749 s. 2.2), sent as `client_id`. It is no secret. */
  clientId: string
  /** Asks for no more than this scope. @default the scope of the credential stays */
  scope?: string | undefined
  /** Binds what comes to the key of the strategy's placement, which has to be the same one. @default none */
  dpop?: Pick<DpopPlacement, 'fetch'> | undefined
}

/**
 * The refresh grant of RFC 6749 s. 6, for a public client. Only the error `invalid_grant` ends the session:
 * whatever else goes wrong says nothing about it, and the credential is kept.
 *
 * @throws TypeError that begins with the quoted name of the option that is wrong
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-6
 */
export function oauthRefresh(options: OAuthRefreshOptions): Refresh {
  const { tokenEndpoint, clientId, scope, dpop } = withDefaults('oauthRefresh', options, DEFAULTS)
  must('tokenEndpoint', isEndpoint(tokenEndpoint), 'be an absolute https URL')
  must('clientId', clientId, 'be the id of the client')
  must('dpop', dpop === undefined || typeof Object(dpop).fetch === 'function', 'be what dpop() returns')
  return async ({ credential: { refresh_token }, signal, fetch = nativeFetch, now = Date.now }) => {
    if (!refresh_token) return undefined
    const grant = { grant_type: 'refresh_token', refresh_token, client_id: clientId }
    const body = new URLSearchParams(scope ? { ...grant, scope } : grant)
    const request = new Request(tokenEndpoint, own({ ...SENDING, body, signal }))
    const response = await (dpop ? dpop.fetch(request, undefined, fetch) : fetch(request))
    const answer = await jsonOf(response)
    if (response.ok && typeof answer.access_token === 'string')
      return answer as Record<string, unknown> & TokenResponse
    // RFC 6749 s. 5.2 says 400 or 401; some servers say 403.
    if (/^40[013]$/.test(`${response.status}`) && answer.error === 'invalid_grant') return null
    throw unusable(response, now())
  }
}

const DEFAULTS = { tokenEndpoint: '', clientId: '', scope: '', dpop: undefined }

/** A redirect would carry the refresh token away; a page that is left must not lose the answer's rotation. */
const SENDING: RequestInit = { method: 'POST', redirect: 'error', cache: 'no-store', keepalive: true }

function isEndpoint(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
}

/** The object that was answered, or an empty one: a parser's error would quote the tokens. */
async function jsonOf(response: Response): Promise<Record<string, unknown>> {
  const answer: unknown = await response.json().catch(() => undefined)
  return own(Object(answer))
}

function unusable(response: Response, now: number): LatchkeyError {
  const message = `The token endpoint answered ${response.status} and no token`
  const wait = retryAfterMs(response, now)
  return new LatchkeyError(
    'ERR_REFRESH_FAILED',
    Number.isNaN(wait) ? { message } : { message, retryAt: now + wait },
  )
}
