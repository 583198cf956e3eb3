import type { Request } from 'express'
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose'
import type { Kept } from './kept.js'
import { did } from './lab/did.js'
import { hashOf } from './secret.js'

/** Knows by a request's DPoP proof who holds which key (RFC 9449). */
export interface Proofs {
  /**
   * The thumbprint of the key that the proof was signed with.
   * @param token that the proof has to be for, where there is one
   * @throws Error that says in plain words what is wrong with it
   */
  check(request: Request, token?: string): Promise<string>
}

const options = {
  algorithms: ['ES256'],
  typ: 'dpop+jwt',
  requiredClaims: ['jti', 'htm', 'htu'],
  // RFC 9449 s. 11.1: some seconds or minutes, and a clock may be a bit ahead.
  maxTokenAge: '60s',
  clockTolerance: '5s',
}

/** How long a proof has to be remembered for nobody to be able to send it again. */
export const PROOF_LIFE_SECONDS = 70

export function createProofs(seen: Kept<true>): Proofs {
  /** RFC 9449 s. 4.3. */
  const checked = async (request: Request, token?: string) => {
    const proof = await jwtVerify(request.get('DPoP') ?? '', EmbeddedJWK, options).catch(() => {
      throw new Error('The proof is missing, too old, or not signed with the key that it shows')
    })
    const { jti, htm, htu, ath } = proof.payload
    if (htm !== request.method || htu !== urlOf(request))
      throw new Error('The proof was made for another request')
    if (token !== undefined && ath !== hashOf(token)) throw new Error('The proof was made for another token')
    const jkt = await calculateJwkThumbprint(proof.protectedHeader.jwk ?? {})
    if (!(await seen.add(hashOf(`${jkt} ${jti}`), true))) throw new Error('The proof was used before')
    return jkt
  }
  return {
    async check(request, token) {
      try {
        const jkt = await checked(request, token)
        did({ what: 'checked', where: 'token', thing: 'proof' })
        return jkt
      } catch (error) {
        did({ what: 'denied', where: 'token', thing: 'proof' })
        throw error
      }
    },
  }
}

/** RFC 9449 s. 4.2: without query and fragment. */
function urlOf(request: Request): string {
  const { origin, pathname } = new URL(request.originalUrl, `${request.protocol}://${request.get('host')}`)
  return origin + pathname
}
