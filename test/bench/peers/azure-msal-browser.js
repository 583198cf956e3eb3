import { createStandardPublicClientApplication, loadExternalTokens } from '@azure/msal-browser'
import { attach } from './attach.js'

export const name = '@azure/msal-browser'

const scopes = ['openid', 'profile', 'api://web/read']
const config = {
  auth: { clientId: 'web', authority: 'https://login.microsoftonline.com/tenant' },
  cache: { cacheLocation: 'localStorage' },
}

export async function store({ access_token, id_token, refresh_token, expires_in }) {
  const authority = 'https://login.microsoftonline.com/tenant'
  const client_info = btoa(JSON.stringify({ uid: 'ada', utid: 'tenant' }))
  const scope = scopes.join(' ')
  const response = {
    token_type: 'Bearer',
    scope,
    access_token,
    id_token,
    refresh_token,
    expires_in,
    client_info,
  }
  await loadExternalTokens(config, { scopes, authority }, response, { clientInfo: client_info })
}

export async function open() {
  const client = await createStandardPublicClientApplication(config)
  const [account] = client.getAllAccounts()
  return async (input, init) => {
    const { accessToken } = await client.acquireTokenSilent({ scopes, account })
    return attach(input, init, accessToken)
  }
}

// No storm: it takes no authority but one of `https:`, so none on this device.
