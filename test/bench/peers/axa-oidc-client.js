import { OidcClient, TokenAutomaticRenewMode } from '@axa-fr/oidc-client'

export const name = '@axa-fr/oidc-client'

export function store({ access_token, refresh_token, id_token, expires_in, idClaims }) {
  const issuedAt = Math.floor(Date.now() / 1000)
  const tokens = {
    accessToken: access_token,
    refreshToken: refresh_token,
    idToken: id_token,
    idTokenPayload: idClaims,
    accessTokenPayload: null,
    issuedAt,
    expiresAt: issuedAt + expires_in,
  }
  localStorage['oidc.default'] = JSON.stringify({ tokens })
  localStorage['oidc.login.default'] = JSON.stringify({ callbackPath: '/page', extras: null })
}

export async function open(origin) {
  const endpoints = ['authorization', 'token', 'userinfo', 'end_session', 'revocation']
  const client = OidcClient.getOrCreate(() => fetch)({
    client_id: 'web',
    redirect_uri: `${origin}/page`,
    scope: 'openid',
    authority: origin,
    authority_configuration: Object.fromEntries([
      ['issuer', origin],
      ...endpoints.map((name) => [`${name}_endpoint`, `${origin}/${name}`]),
    ]),
    storage: localStorage,
    monitor_session: false,
    token_automatic_renew_mode: TokenAutomaticRenewMode.AutomaticOnlyWhenFetchExecuted,
  })
  await client.tryKeepExistingSessionAsync()
  return client.fetchWithTokens(fetch)
}
