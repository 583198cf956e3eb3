import { randomUUID } from 'node:crypto'
import { decodeJwt, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import { JWTExpired } from 'jose/errors'
import type { Grant, Grants } from './grants.js'
import type { Kept } from './kept.js'
import { did } from './lab/did.js'
import { Refusal } from './refusal.js'
import { hashOf, newSecret } from './secret.js'

/** Makes access tokens and knows them again. */
export interface AccessTokens {
  readonly lifeSeconds: number
  issue(grant: Grant): Promise<string>
  /** The grant of a token that is good. @throws Error that says in plain words what is wrong with it */
  verify(token: string): Promise<Grant>
  /** Keeps no more of it than it has to: its grant was ended. */
  forget(token: string): Promise<void>
  /** Ends a token that is good, as if its time were over. */
  expire(token: string): Promise<void>
}

const UNKNOWN = 'The server does not know this token: it was changed, has ended, or was signed out'

/** Random tokens. The server keeps their hashes, and all that they mean. */
export function opaqueTokens(hashes: Kept<Grant>, { isGood }: Grants, lifeSeconds: number): AccessTokens {
  const forget = (token: string) => hashes.delete(hashOf(token))
  return {
    lifeSeconds,
    async issue(grant) {
      const token = newSecret()
      await hashes.set(hashOf(token), grant)
      return token
    },
    async verify(token) {
      const grant = await hashes.get(hashOf(token))
      if (!grant || !(await isGood(grant))) throw new Error(UNKNOWN)
      return grant
    },
    forget,
    expire: forget,
  }
}

export interface JwtParts {
  readonly key: Uint8Array
  readonly lifeSeconds: number
  /** Those that are to be over before their time. Without it none can be, and nobody is asked. */
  readonly expired?: Kept<true>
  isGood(grant: Grant): Promise<boolean>
}

/** Signed tokens that say themselves what they mean: the server keeps nothing of them. `sid` names the sign-in. */
export function jwts({ key, lifeSeconds, expired, isGood }: JwtParts): AccessTokens {
  return {
    lifeSeconds,
    issue: ({ id, kind, name, jkt }) =>
      new SignJWT({ sid: id, ...(jkt && { cnf: { jkt } }) })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setSubject(name)
        .setAudience(kind)
        // Two of the same second are two.
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime(`${lifeSeconds}s`)
        .sign(key),
    async verify(token) {
      const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'] }).catch(explain)
      did({ what: 'checked', where: 'token', thing: 'signature' })
      if (await expired?.get(String(payload.jti))) refuseExpired()
      const grant = grantIn(payload)
      if (!(await isGood(grant))) throw new Error('The signature of this JWT is right, but it was signed out')
      return grant
    },
    forget: async () => {},
    async expire(token) {
      if (!expired) throw new Refusal(409, 'not_ended', NOBODY_ASKED)
      await expired.set(String(decodeJwt(token).jti), true)
    },
  }
}

function grantIn({ sid, sub, aud, cnf }: JWTPayload): Grant {
  return { id: String(sid), name: String(sub), kind: String(aud), jkt: Object(cnf).jkt }
}

const NOBODY_ASKED = 'Nobody is asked about this JWT: it ends when it says so itself'

function explain(error: unknown): never {
  if (error instanceof JWTExpired) {
    // The signature comes before the claims (RFC 7519 s. 7.2).
    did({ what: 'checked', where: 'token', thing: 'signature' })
    refuseExpired()
  }
  did({ what: 'denied', where: 'token', thing: 'signature' })
  throw new Error('The signature does not match: this JWT was changed, or is not from this server')
}

function refuseExpired(): never {
  did({ what: 'denied', where: 'token', thing: 'expiry' })
  throw new Error('This JWT has expired')
}
