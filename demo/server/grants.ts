import { randomUUID } from 'node:crypto'
import { did } from './lab/did.js'
import { hashOf, newSecret } from './secret.js'
import { createSpending } from './spending.js'
import type { Tables } from './tables.js'

/** One sign-in: all access and refresh tokens that come of it end with it. */
export interface Grant {
  readonly id: string
  readonly kind: string
  readonly name: string
  /** The thumbprint of the key that its tokens are bound to (RFC 9449 s. 6). */
  readonly jkt?: string | undefined
}

export interface Grants {
  start(kind: string, name: string, jkt?: string): Promise<Grant>
  isGood(grant: Grant): Promise<boolean>
  end(grant: Grant): Promise<void>
  refreshToken(grant: Grant): Promise<string>
  /**
   * The grant of a refresh token, which can be spent once. Spending it again ends the grant, if the first was answered.
   * @param jkt whose it has to be, if it is bound to a key (RFC 9449 s. 5)
   */
  spend(refreshToken: string, jkt?: string): Promise<Grant | undefined>
  /** What came of spending it has gone out. */
  answered(refreshToken: string): Promise<void>
}

/** Their tokens are good until they are denied; those of other kinds, as long as the sign-in is kept. */
const DENIABLE: ReadonlySet<string> = new Set(['jwt', 'short-jwt', 'dpop'])

const isDeniable = ({ kind }: Grant) => DENIABLE.has(kind)

export function createGrants(tables: Tables): Grants {
  const { signIns, refreshTokens } = tables
  const { isGood, start, end } = createSignIns(tables)
  const spending = createSpending(tables.spentRefreshTokens)
  return {
    isGood,
    start,
    end,
    async refreshToken(grant) {
      const token = newSecret()
      // Not set anew: it may have been ended meanwhile.
      if (!isDeniable(grant)) await signIns.renew(grant.id)
      await refreshTokens.set(hashOf(token), grant)
      return token
    },
    async spend(refreshToken, jkt) {
      const hash = hashOf(refreshToken)
      const grant = await refreshTokens.get(hash)
      if (!grant || (grant.jkt && grant.jkt !== jkt)) return undefined
      const isOne = await spending.begin(hash)
      did({ what: isOne ? 'removed' : 'denied', where: refreshTokens.where, thing: 'refresh-token' })
      // RFC 9700 s. 4.14.2: two have it, and one of them is a thief.
      if (!isOne) await end(grant)
      return isOne && (await isGood(grant)) ? grant : undefined
    },
    answered: (refreshToken) => spending.end(hashOf(refreshToken)),
  }
}

function createSignIns({ signIns, denied }: Tables): Pick<Grants, 'start' | 'isGood' | 'end'> {
  return {
    async start(kind, name, jkt) {
      const grant = { id: randomUUID(), kind, name, jkt }
      if (!isDeniable(grant)) await signIns.set(grant.id, grant)
      return grant
    },
    async isGood(grant) {
      if (isDeniable(grant)) return (await denied.get(grant.id)) === undefined
      return (await signIns.get(grant.id)) !== undefined
    },
    end: (grant) => (isDeniable(grant) ? denied.set(grant.id, grant) : signIns.delete(grant.id)),
  }
}
