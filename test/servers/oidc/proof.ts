import { createHash } from 'node:crypto'
import type { Request } from 'express'
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose'
import type { Control } from './control.js'
import type { Holder } from './verify.js'

export type Refusal = 'invalid_token' | 'invalid_dpop_proof' | 'use_dpop_nonce'

/** Why a request with a DPoP token is refused, if it is. */
export type Judge = (request: Request, token: string, holder: Holder) => Promise<Refusal | undefined>

const PATIENCE_SECONDS = 60
const options = {
  algorithms: ['ES256'],
  typ: 'dpop+jwt',
  requiredClaims: ['jti', 'htm', 'htu', 'iat', 'ath'],
}

/** The checks of RFC 9449 s. 4.3 and 7.1, in a resource server that remembers each `jti`, and asks for a nonce as told. */
export function judgeAt(origin: string, control: Control): Judge {
  const seen = new Set<unknown>()
  const judged = async (request: Request, token: string, holder: Holder) => {
    const { payload, protectedHeader } = await jwtVerify(request.get('DPoP') ?? '', EmbeddedJWK, options)
    const { jti, htm, htu, iat = 0, ath, nonce } = payload
    const { jwk = {} } = protectedHeader
    if ('d' in jwk || seen.has(jti)) return 'invalid_dpop_proof'
    seen.add(jti)
    if (htm !== request.method || htu !== origin + request.path) return 'invalid_dpop_proof'
    if (ath !== createHash('sha256').update(token, 'latin1').digest('base64url')) return 'invalid_dpop_proof'
    if ((await calculateJwkThumbprint(jwk)) !== holder.jkt) return 'invalid_token'
    if (Math.abs(Date.now() / 1000 - iat) > PATIENCE_SECONDS) return 'invalid_dpop_proof'
    const { apiNonce } = control.settings
    return apiNonce === null || nonce === apiNonce ? undefined : 'use_dpop_nonce'
  }
  return (request, token, holder) => judged(request, token, holder).catch(() => 'invalid_dpop_proof')
}
