import type { Backing } from './backing.js'
import type { Grant } from './grants.js'
import type { Kept } from './kept.js'
import type { Did } from './lab/did.js'
import { notedKept } from './lab/noted-kept.js'
import { PROOF_LIFE_SECONDS } from './proofs.js'

export const ACCESS_LIFE_SECONDS = 300
export const REFRESH_LIFE_SECONDS = 8 * 3600

/** All that the server keeps beside sessions. Tokens are kept as hashes. */
export interface Tables {
  readonly signIns: Kept<Grant>
  readonly tokenHashes: Kept<Grant>
  readonly dayTokenHashes: Kept<Grant>
  readonly refreshTokens: Kept<Grant>
  /** When each was spent, as `spending.ts` has it. */
  readonly spentRefreshTokens: Kept<number>
  /** Sign-ins that were ended before their JWTs. */
  readonly denied: Kept<Grant>
  /** Hashes of DPoP proofs that were sent, none of which is taken twice. */
  readonly proofs: Kept<true>
  /** JWTs of which the Lab wants to see what comes when their time is over, before it is. */
  readonly expired: Kept<true>
}

export function createTables({ kept }: Backing): Tables {
  const noted = <V>(thing: Did['thing'], lifeSeconds: number, name: string = thing) =>
    notedKept(kept<V>(name, lifeSeconds), thing)
  return {
    signIns: noted('sign-in', REFRESH_LIFE_SECONDS),
    tokenHashes: noted('token-hash', ACCESS_LIFE_SECONDS),
    dayTokenHashes: noted('token-hash', REFRESH_LIFE_SECONDS, 'day-token-hash'),
    refreshTokens: noted('refresh-token', REFRESH_LIFE_SECONDS),
    spentRefreshTokens: kept('spent-refresh-token', REFRESH_LIFE_SECONDS),
    // As long as a refresh token of that sign-in could be spent.
    denied: noted('deny-list', REFRESH_LIFE_SECONDS),
    proofs: noted('proof', PROOF_LIFE_SECONDS),
    expired: kept('expired', ACCESS_LIFE_SECONDS),
  }
}
