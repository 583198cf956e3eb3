import { Auth0Client, InMemoryCache } from '@auth0/auth0-spa-js'

export const name = '@auth0/auth0-spa-js'

const memory = new InMemoryCache().enclosedCache
const scope = 'openid profile email offline_access'

export function store({ access_token, refresh_token, id_token, expires_in, idClaims }) {
  const decodedToken = { claims: { ...idClaims, __raw: id_token }, user: idClaims }
  const body = { access_token, refresh_token, expires_in, scope, audience: 'default', client_id: 'web' }
  const expiresAt = Math.floor(Date.now() / 1000) + expires_in
  memory.set(`@@auth0spajs@@::web::default::${scope}`, { body, expiresAt })
  memory.set('@@auth0spajs@@::web::@@user@@', { id_token, decodedToken })
}

export async function open(origin) {
  const { host } = new URL(origin)
  const client = new Auth0Client({ domain: host, clientId: 'web', useRefreshTokens: true, cache: memory })
  const fetcher = client.createFetcher()
  return (input, init) => fetcher.fetchWithAuth(input, init)
}
