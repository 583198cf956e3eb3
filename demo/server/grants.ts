import { randomUUID } from 'node:crypto'
import { Expiring } from './expiring.js'
import { hashOf, newSecret } from './secret.js'

/** One sign-in: all access and refresh tokens that come of it end with it. */
export interface Grant {
  readonly id: string
  readonly kind: string
  readonly name: string
}

export const REFRESH_LIFE_SECONDS = 8 * 3600

export interface Grants {
  start(kind: string, name: string): Grant
  find(id: string): Grant | undefined
  end(id: string): void
  refreshToken(grant: Grant): string
  /** The grant of a refresh token, which can be spent once. Spending it again ends the grant. */
  spend(refreshToken: string): Grant | undefined
}

export function createGrants(): Grants {
  const grants = new Expiring<Grant>(REFRESH_LIFE_SECONDS)
  const refreshTokens = new Expiring<{ grantId: string; spent: boolean }>(REFRESH_LIFE_SECONDS)
  return {
    start(kind, name) {
      const grant = { id: randomUUID(), kind, name }
      grants.set(grant.id, grant)
      return grant
    },
    find: (id) => grants.get(id),
    end: (id) => grants.delete(id),
    refreshToken(grant) {
      const token = newSecret()
      grants.set(grant.id, grant)
      refreshTokens.set(hashOf(token), { grantId: grant.id, spent: false })
      return token
    },
    spend(refreshToken) {
      const entry = refreshTokens.get(hashOf(refreshToken))
      if (!entry) return undefined
      // RFC 9700 s. 4.14.2: two have it, and one of them is a thief.
      if (entry.spent) grants.delete(entry.grantId)
      entry.spent = true
      return grants.get(entry.grantId)
    },
  }
}
