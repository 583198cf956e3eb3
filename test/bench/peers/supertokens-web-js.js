import SuperTokens from 'supertokens-web-js'
import Session from 'supertokens-web-js/recipe/session'

export const longestToken = 4000

export function store({ access_token, refresh_token, expires_in }) {
  const ate = Date.now() + expires_in * 1000
  const front = btoa(JSON.stringify({ uid: 'ada', ate, up: { sub: 'ada' } }))
  const cookies = {
    'st-access-token': access_token,
    'st-refresh-token': refresh_token,
    'st-last-access-token-update': Date.now(),
    sFrontToken: front,
  }
  for (const [name, value] of Object.entries(cookies)) {
    // biome-ignore lint/suspicious/noDocumentCookie: the way of this peer
    document.cookie = `${name}=${value}; path=/`
  }
}

export async function open(origin) {
  SuperTokens.init({
    appInfo: { appName: 'web', apiDomain: origin, apiBasePath: '/auth' },
    recipeList: [Session.init({ tokenTransferMethod: 'header' })],
  })
  // It has put its own in the place of the global one.
  return fetch
}

/** As above: it renews after a 401, and has a lock for its tabs. */
export const storm = {}
