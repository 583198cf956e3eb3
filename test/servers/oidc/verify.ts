import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose'
import type { Issuer } from './provider.js'

/** Whose token it is, and whether its time is over. */
export interface Holder {
  readonly sub: string | undefined
  readonly expired: boolean
  /** The thumbprint of the key that it is bound to (RFC 9449 s. 6); undefined for a bearer token. */
  readonly jkt: string | undefined
}

function holderOf({ sub, cnf }: JWTPayload, expired: boolean): Holder {
  return { sub, expired, jkt: Object(cnf).jkt }
}

/** `undefined` for what is no token of this provider, or of a grant that was revoked. */
export type Verify = (token: string) => Promise<Holder | undefined>

function verifyJwt({ issuer, audience }: Issuer, jwksUri: string): Verify {
  const keys = createRemoteJWKSet(new URL(jwksUri))
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, { issuer, audience, clockTolerance: 0 })
      return holderOf(payload, false)
    } catch (error) {
      return error instanceof errors.JWTExpired ? holderOf(error.payload, true) : undefined
    }
  }
}

function lookUp({ provider, audience }: Issuer): Verify {
  return async (token) => {
    const found = await provider.AccessToken.find(token, { ignoreExpiration: true })
    if (found?.aud !== audience) return undefined
    return { sub: found.accountId, expired: found.isExpired, jkt: found.jkt }
  }
}

export function verifier(issuer: Issuer, jwksUri: string): Verify {
  const [asJwt, asOpaque] = [verifyJwt(issuer, jwksUri), lookUp(issuer)]
  return (token) => (token.includes('.') ? asJwt(token) : asOpaque(token))
}
