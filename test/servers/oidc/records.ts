import { createHash } from 'node:crypto'
import type { Refusal } from './proof.js'

export interface RefreshCall {
  /** When it came in, in milliseconds since the epoch. */
  readonly at: number
  /** Undefined while it is not answered, and for ever if it never is. */
  status: number | undefined
  /** The `error` of RFC 6749 s. 5.2, if that is what the provider said. */
  error: string | undefined
  /** A short hash of the refresh token; undefined if there was none. */
  readonly token: string | undefined
}

export interface ApiCall {
  readonly at: number
  readonly method: string
  /** With the query. */
  readonly path: string
  readonly contentType: string | undefined
  /** A short hash of the access token; undefined if there was none. */
  readonly token: string | undefined
  /** Of whatever was sent as `X-XSRF-TOKEN`. */
  readonly csrf: string | undefined
  /** Whose token it was; undefined if it was nobody's. */
  sub: string | undefined
  /** Whether the token was a good one once. */
  expired: boolean
  /** Why it was refused; undefined if it was not. */
  refusal: Refusal | undefined
  /** Undefined while it is not answered. */
  status: number | undefined
  /** Empty until the body has come in. */
  bodySha256: string
}

export interface Records {
  readonly refreshCalls: RefreshCall[]
  readonly apiCalls: ApiCall[]
}

/** Tells tokens apart without showing them. */
export function shortHash(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 12)
}

export function createRecords(): Records {
  return { refreshCalls: [], apiCalls: [] }
}
