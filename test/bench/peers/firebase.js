import { initializeApp } from 'firebase/app'
import { browserLocalPersistence, connectAuthEmulator, initializeAuth } from 'firebase/auth'
import { attach } from './attach.js'

const apiKey = 'key'

export function store({ access_token, refresh_token, expires_in }) {
  const stsTokenManager = {
    accessToken: access_token,
    refreshToken: refresh_token,
    expirationTime: Date.now() + expires_in * 1000,
  }
  const user = {
    uid: 'ada',
    apiKey,
    appName: '[DEFAULT]',
    emailVerified: false,
    isAnonymous: false,
    stsTokenManager,
  }
  localStorage.setItem(`firebase:authUser:${apiKey}:[DEFAULT]`, JSON.stringify(user))
}

export async function open(origin) {
  const app = initializeApp({ apiKey, authDomain: new URL(origin).host, projectId: 'web' })
  const auth = initializeAuth(app, { persistence: browserLocalPersistence })
  connectAuthEmulator(auth, origin, { disableWarnings: true })
  await auth.authStateReady()
  return async (input, init) => attach(input, init, await auth.currentUser.getIdToken())
}

// No storm: the one server it renews at does not rotate, so tabs have nothing to lose there.
