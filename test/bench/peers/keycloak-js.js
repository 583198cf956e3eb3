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
