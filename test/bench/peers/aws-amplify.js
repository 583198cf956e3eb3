import { Amplify } from 'aws-amplify'
import { fetchAuthSession } from 'aws-amplify/auth'
import { attach } from './attach.js'

export function store({ access_token, id_token, refresh_token }) {
  const at = 'CognitoIdentityServiceProvider.web'
  localStorage.setItem(`${at}.LastAuthUser`, 'ada')
  localStorage.setItem(`${at}.ada.accessToken`, access_token)
  localStorage.setItem(`${at}.ada.idToken`, id_token)
  localStorage.setItem(`${at}.ada.refreshToken`, refresh_token)
  localStorage.setItem(`${at}.ada.clockDrift`, '0')
}

export async function open() {
  Amplify.configure({ Auth: { Cognito: { userPoolId: 'eu-west-1_web', userPoolClientId: 'web' } } })
  return async (input, init) => {
    const { tokens } = await fetchAuthSession()
    return attach(input, init, tokens.accessToken.toString())
  }
}

// No storm: it renews at an API of Cognito's, which is no token endpoint.
