import { Auth0Client, InMemoryCache } from '@auth0/auth0-spa-js'

export const name = '@auth0/auth0-spa-js'

const memory = new InMemoryCache().enclosedCache
const scope = 'openid profile email offline_access'

/** What it keeps after a login. */
function entriesOf({ access_token, refresh_token, id_token, expires_in, idClaims }) {
  const decodedToken = { claims: { ...idClaims, __raw: id_token }, user: idClaims }
  const body = { access_token, refresh_token, expires_in, scope, audience: 'default', client_id: 'web' }
  const expiresAt = Math.floor(Date.now() / 1000) + expires_in
  return [
    [`@@auth0spajs@@::web::default::${scope}`, { body, expiresAt }],
    ['@@auth0spajs@@::web::@@user@@', { id_token, decodedToken }],
  ]
}

export function store(tokens) {
  for (const [key, entry] of entriesOf(tokens)) memory.set(key, entry)
}

export async function open(origin) {
  const { host } = new URL(origin)
  const client = new Auth0Client({ domain: host, clientId: 'web', useRefreshTokens: true, cache: memory })
  const fetcher = client.createFetcher()
  return (input, init) => fetcher.fetchWithAuth(input, init)
}

/** With what it keeps in localStorage, so that its lock has tabs to order; it renews a minute before the end. */
export const storm = {
  store({ expires_in, ...tokens }) {
    const entries = entriesOf({ ...tokens, expires_in: expires_in + 60, idClaims: { sub: 'ada' } })
    for (const [key, entry] of entries) localStorage.setItem(key, JSON.stringify(entry))
  },
  async open(origin) {
    const kept = { useRefreshTokens: true, cacheLocation: 'localstorage' }
    const fetcher = new Auth0Client({ domain: origin, clientId: 'web', ...kept }).createFetcher()
    return (input, init) => fetcher.fetchWithAuth(input, init)
  },
}
