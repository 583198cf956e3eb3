import { OktaAuth } from '@okta/okta-auth-js/core'
import { attach } from './attach.js'

export const name = '@okta/okta-auth-js'

export function store({ access_token, expires_in }, origin) {
  const accessToken = {
    accessToken: access_token,
    claims: { sub: 'ada' },
    expiresAt: Math.floor(Date.now() / 1000) + expires_in,
    tokenType: 'Bearer',
    scopes: ['openid'],
    authorizeUrl: `${origin}/authorization`,
    userinfoUrl: `${origin}/userinfo`,
  }
  localStorage.setItem('okta-token-storage', JSON.stringify({ accessToken }))
}

export async function open(origin) {
  const redirectUri = `${origin}/page`
  const issuer = 'https://id.example.com/oauth2/default'
  const okta = new OktaAuth({ issuer, clientId: 'web', redirectUri, tokenManager: { autoRenew: false } })
  return async (input, init) => attach(input, init, await okta.getOrRenewAccessToken())
}

/** With its own endpoint's address for this device; it renews half a minute before the end. */
export const storm = {
  store({ access_token, refresh_token, expires_in }, origin) {
    const expiresAt = Math.floor(Date.now() / 1000) + expires_in + 30
    const urls = { authorizeUrl: `${origin}/authorization`, userinfoUrl: `${origin}/userinfo` }
    const token = { expiresAt, scopes: ['api', 'offline_access'], ...urls }
    const accessToken = { ...token, accessToken: access_token, claims: { sub: 'ada' }, tokenType: 'Bearer' }
    const refreshToken = {
      ...token,
      refreshToken: refresh_token,
      tokenUrl: `${origin}/okta/token`,
      issuer: origin,
    }
    localStorage.setItem('okta-token-storage', JSON.stringify({ accessToken, refreshToken }))
  },
  async open(origin) {
    const tokenManager = { autoRenew: false, autoRemove: false }
    const urls = { redirectUri: `${origin}/page`, tokenUrl: `${origin}/okta/token` }
    const okta = new OktaAuth({ issuer: origin, clientId: 'web', ...urls, tokenManager })
    return async (input, init) => attach(input, init, await okta.getOrRenewAccessToken())
  },
}
