import { oauthRefresh } from '../request/oauth-refresh.js'
import type { DpopPlacement, Refresh } from '../types.js'
import type { OAuthRefreshData } from './data.js'
import { anyOf, described, type Fields, maybe, type Schema, text } from './schema.js'

/** Makes the refresh, with the key that the strategy's proofs have, if it has one. */
export type MakeRefresh = (dpop: DpopPlacement | undefined) => Refresh

/** The ways to renew a credential. */
export function refreshes(): Schema<MakeRefresh> {
  const clientId = 'client'
  return anyOf<MakeRefresh>({
    oauth: described(
      {
        tokenEndpoint: text((tokenEndpoint) => oauthRefresh({ tokenEndpoint, clientId })),
        clientId: text(),
        scope: maybe(text()),
      } satisfies Fields<OAuthRefreshData>,
      (options) => (dpop) => oauthRefresh({ ...options, dpop }),
    ),
  })
}
