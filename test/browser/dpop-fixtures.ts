import { decodeProtectedHeader, EmbeddedJWK, type JWTPayload, jwtVerify } from 'jose'
import {
  createLatchkey,
  type DpopOptions,
  dpop,
  type LatchkeyOptions,
  memoryStrategy,
  oauthRefresh,
} from '../../src/index.js'
import { ownName } from './fixtures.js'

export const API = 'https://api.example.com'
export const ENDPOINT = `${API}/token`

export interface Proved {
  readonly header: object
  readonly claims: JWTPayload
}

/** A proof whose signature another library has found right. */
export async function proved(proof: string | null): Promise<Proved> {
  const { payload } = await jwtVerify(proof ?? '', EmbeddedJWK, { typ: 'dpop+jwt', algorithms: ['ES256'] })
  return { header: decodeProtectedHeader(proof ?? ''), claims: payload }
}

/** What a server got: the request's own and what the proof on it says. */
export interface Got extends Proved {
  readonly url: string
  readonly method: string
  readonly authorization: string | null
  readonly redirect: string
  readonly body: string
}

type Answer = (got: Got) => Response | Promise<Response>

/** A server that checks each proof's signature, and answers in this order; the last answer stays. */
export function dpopServer(...answers: Answer[]) {
  const got: Got[] = []
  const fetch = async (request: Request): Promise<Response> => {
    const { url, method, headers, redirect } = request
    const authorization = headers.get('authorization')
    const proof = await proved(headers.get('dpop'))
    const one = { ...proof, url, method, authorization, redirect, body: await request.text() }
    const answer = answers[Math.min(got.push(one), answers.length) - 1]
    return answer?.(one) ?? Response.json({})
  }
  /** The nonce of each proof. */
  const nonces = () => got.map(({ claims }) => claims.nonce)
  return { got, fetch, nonces }
}

export const fine =
  (nonce?: string): Answer =>
  () =>
    new Response('fine', { headers: nonce === undefined ? {} : { 'DPoP-Nonce': nonce } })

/** A 401 of an API. */
export const refusal =
  (error: string, headers: Record<string, string> = {}): Answer =>
  () =>
    new Response('no', { status: 401, headers: { 'WWW-Authenticate': `DPoP error="${error}"`, ...headers } })

export const wantsNonce = (nonce: string): Answer => refusal('use_dpop_nonce', { 'DPoP-Nonce': nonce })

/** The same of a token endpoint, which says it in its JSON (RFC 9449 s. 8). */
export const endpointWantsNonce =
  (nonce: string): Answer =>
  () =>
    Response.json({ error: 'use_dpop_nonce' }, { status: 400, headers: { 'DPoP-Nonce': nonce } })

/** An instance that is signed in with a bound token, at such a server. */
export async function boundTo(
  server: Pick<ReturnType<typeof dpopServer>, 'fetch'>,
  more: Partial<LatchkeyOptions> = {},
  options: DpopOptions = {},
  access_token = 'at-1',
) {
  const proof = dpop({ name: ownName(), ...options })
  const latchkey = createLatchkey({
    strategy: memoryStrategy({ placement: proof }),
    allowedOrigins: [API],
    refresh: oauthRefresh({ tokenEndpoint: ENDPOINT, clientId: 'app', dpop: proof }),
    fetch: server.fetch,
    ...more,
  })
  await latchkey.set({ access_token, refresh_token: 'rt-1', token_type: 'dPoP', expires_in: 3600 })
  return { latchkey, proof }
}
