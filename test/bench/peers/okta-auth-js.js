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
