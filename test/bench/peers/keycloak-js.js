import Keycloak from 'keycloak-js'
import { attach } from './attach.js'

export function store(tokens) {
  localStorage.setItem('tokens', JSON.stringify(tokens))
}

export async function open(origin) {
  const keycloak = new Keycloak({ url: origin, realm: 'web', clientId: 'web' })
  await keycloak.init({ checkLoginIframe: false })
  // Given to init(), they would be renewed at once.
  const { access_token: token, refresh_token: refreshToken, idClaims } = JSON.parse(localStorage.tokens)
  Object.assign(keycloak, { token, refreshToken, tokenParsed: idClaims, timeSkew: 0 })
  return async (input, init) => {
    await keycloak.updateToken(30)
    return attach(input, init, keycloak.token)
  }
}

/** It keeps nothing: each tab asks for tokens of its own when it starts, which its server gives to who is signed in there. */
export const storm = {
  store() {},
  async open(origin, login) {
    const keycloak = new Keycloak({ url: origin, realm: 'web', clientId: 'web' })
    await keycloak.init({ checkLoginIframe: false })
    const { access_token: token, refresh_token: refreshToken, expires_in } = await login()
    const tokenParsed = { exp: Math.floor(Date.now() / 1000) + expires_in }
    Object.assign(keycloak, { token, refreshToken, tokenParsed, timeSkew: 0 })
    return async (input, init) => {
      await keycloak.updateToken(1)
      return attach(input, init, keycloak.token)
    }
  },
}
