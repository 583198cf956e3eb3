import { randomBytes, randomUUID } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { JWTExpired } from 'jose/errors'
import { Expiring } from './expiring.js'
import type { Grant, Grants } from './grants.js'
import { hashOf, newSecret } from './secret.js'

export const ACCESS_LIFE_SECONDS = 300

/** Makes access tokens and knows them again. */
export interface AccessTokens {
  readonly lifeSeconds: number
  issue(grant: Grant): Promise<string>
  /** The grant of a token that is good. @throws Error that says in plain words what is wrong with it */
  verify(token: string): Promise<Grant>
}

const UNKNOWN = 'The server does not know this token: it was changed, has ended, or was signed out'

/** Random tokens. The server keeps their hashes, and all that they mean. */
export function opaqueTokens(grants: Grants, lifeSeconds = ACCESS_LIFE_SECONDS): AccessTokens {
  const hashes = new Expiring<string>(lifeSeconds)
  return {
    lifeSeconds,
    async issue({ id }) {
      const token = newSecret()
      hashes.set(hashOf(token), id)
      return token
    },
    async verify(token) {
      const grant = grants.find(hashes.get(hashOf(token)) ?? '')
      if (!grant) throw new Error(UNKNOWN)
      return grant
    },
  }
}

/** Signed tokens that say themselves what they mean; `sid` names the grant, so that a sign-out ends them. */
export function jwts(grants: Grants, lifeSeconds = ACCESS_LIFE_SECONDS): AccessTokens {
  const key = randomBytes(32)
  return {
    lifeSeconds,
    issue: ({ id, name }) =>
      new SignJWT({ sid: id })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setSubject(name)
        // Two of the same second are two.
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime(`${lifeSeconds}s`)
        .sign(key),
    async verify(token) {
      const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'] }).catch(explain)
      const grant = grants.find(String(payload.sid))
      if (!grant) throw new Error('The signature of this JWT is right, but it was signed out')
      return grant
    },
  }
}

function explain(error: unknown): never {
  if (error instanceof JWTExpired) throw new Error('This JWT has expired')
  throw new Error('The signature does not match: this JWT was changed, or is not from this server')
}
