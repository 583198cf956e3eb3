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
}

/** @param scheme of the `WWW-Authenticate` header (RFC 9110 s. 11.6.1) */
export function unauthorized(scheme: string, error: string, message: string): Refusal {
  // RFC 6750 s. 3.1: a request without a credential is told no error code.
  const code = error === 'no_credential' ? '' : `, error="${error}"`
  return new Refusal(401, error, message, { 'WWW-Authenticate': `${scheme} realm="latchkey demo"${code}` })
}
