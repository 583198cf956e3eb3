import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import type { Issuer } from './provider.js'

/** Whose token it is, and whether its time is over. */
export interface Holder {
  readonly sub: string | undefined
  readonly expired: boolean
}

/** `undefined` for what is no token of this provider, or of a grant that was revoked. */
export type Verify = (token: string) => Promise<Holder | undefined>

function verifyJwt({ issuer, audience }: Issuer, jwksUri: string): Verify {
  const keys = createRemoteJWKSet(new URL(jwksUri))
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, { issuer, audience, clockTolerance: 0 })
      return { sub: payload.sub, expired: false }
    } catch (error) {
      return error instanceof errors.JWTExpired ? { sub: error.payload.sub, expired: true } : undefined
    }
  }
}

function lookUp({ provider, audience }: Issuer): Verify {
  return async (token) => {
    const found = await provider.AccessToken.find(token, { ignoreExpiration: true })
    return found?.aud === audience ? { sub: found.accountId, expired: found.isExpired } : undefined
  }
}

export function verifier(issuer: Issuer, jwksUri: string): Verify {
  const [asJwt, asOpaque] = [verifyJwt(issuer, jwksUri), lookUp(issuer)]
  return (token) => (token.includes('.') ? asJwt(token) : asOpaque(token))
}
