import { OAuth2Client, OAuth2Fetch } from '@badgateway/oauth2-client'

export const name = '@badgateway/oauth2-client'

function write({ accessToken, refreshToken, expiresAt }) {
  localStorage.setItem('token', JSON.stringify({ accessToken, refreshToken, expiresAt }))
}

export function store({ access_token, refresh_token, expires_in }) {
  const expiresAt = Date.now() + expires_in * 1000
  write({ accessToken: access_token, refreshToken: refresh_token, expiresAt })
}

export async function open(origin) {
  const client = new OAuth2Client({ server: origin, clientId: 'web', tokenEndpoint: '/token' })
  const api = new OAuth2Fetch({
    client,
    getNewToken: () => null,
    storeToken: write,
    getStoredToken: () => JSON.parse(localStorage.getItem('token')),
  })
  return (input, init) => api.fetch(input, init)
}

/** As above: it renews before a request, and after a 401, one at a time. */
export const storm = {}
