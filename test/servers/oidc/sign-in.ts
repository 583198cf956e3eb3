import type { Request } from 'express'
import { newRefreshToken } from './grant.js'
import type { Issuer } from './provider.js'
import { type Redeem, refreshForm } from './redeem.js'

/** RFC 6749 s. 5.1, as this provider answers. */
export interface Tokens {
  readonly access_token: string
  readonly refresh_token: string
  readonly expires_in: number
  readonly token_type: string
  readonly scope: string
  readonly [name: string]: unknown
}

export type SignIn = (options?: { sub?: string | undefined }) => Promise<Tokens>

function isTokens(body: object): body is Tokens {
  return 'access_token' in body && 'refresh_token' in body
}

/** Makes a grant without a login page. What it redeems is no refresh call of the page, and is not recorded. */
export function signInWith(issuer: Issuer, redeem: Redeem): SignIn {
  return async ({ sub = 'user-1' } = {}) => {
    const { body } = await redeem(refreshForm(await newRefreshToken(issuer, sub)))
    if (!isTokens(body)) throw new Error(`the provider gave no token: ${JSON.stringify(body)}`)
    return body
  }
}

export function subOf({ body }: Request): { sub?: string } {
  return typeof body?.sub === 'string' ? { sub: body.sub } : {}
}
