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

async function opened(origin, more) {
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
    ...more,
  })
  await client.tryKeepExistingSessionAsync()
  return client.fetchWithTokens(fetch)
}

export const open = (origin) => opened(origin)

/** Without its service worker, which needs a file of its own at the server: it has a lock for its tabs then. */
export const storm = {
  store(tokens, origin) {
    store({ ...tokens, idClaims: { sub: 'ada', iss: origin } })
    localStorage['oidc.nonce.default'] = 'nonce'
  },
  open: (origin) => opened(origin, { refresh_time_before_tokens_expiration_in_second: 0 }),
}
