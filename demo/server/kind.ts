import type { Request, Response } from 'express'
import { Refusal } from './refusal.js'

/** One way to prove who one is. */
export interface Kind {
  /** Whether the browser attaches it by itself: then unsafe requests need a CSRF token. */
  readonly sentByBrowser: boolean
  /** Resolves to what the sign-in answers. */
  signIn(request: Request, name: string): Promise<object>
  /** Whose request it is. @throws Refusal 401 */
  recognise(request: Request): Promise<string>
  signOut(request: Request, response: Response): Promise<void>
  /** Ends what the request came with, as if its time were over; a refresh token stays good. @throws Refusal 401 */
  expire(request: Request): Promise<void>
}

/** @param scheme of the `WWW-Authenticate` header (RFC 9110 s. 11.6.1) */
export function unauthorized(scheme: string, error: string, message: string): Refusal {
  // RFC 6750 s. 3.1: a request without a credential is told no error code, and of the codes none is for sessions.
  const code = /_(credential|session)$/.test(error) ? '' : `, error="${error}"`
  // RFC 9449 s. 7.1.
  const algorithms = scheme === 'DPoP' ? ', algs="ES256"' : ''
  const challenge = `${scheme} realm="latchkey demo"${code}${algorithms}`
  return new Refusal(401, error, message, { 'WWW-Authenticate': challenge })
}
