import { User, UserManager, WebStorageStateStore } from 'oidc-client-ts'
import { oneAtATime } from '../page/by-hand.js'
import { attach } from './attach.js'

const settingsOf = (origin, more) => ({
  authority: origin,
  client_id: 'web',
  redirect_uri: `${origin}/page`,
  scope: 'openid',
  metadata: { issuer: origin, token_endpoint: `${origin}/token` },
  userStore: new WebStorageStateStore({ store: localStorage }),
  ...more,
})

export function store({ expires_in, ...tokens }, origin) {
  const expires_at = Math.floor(Date.now() / 1000) + expires_in
  const user = new User({ ...tokens, scope: 'openid', profile: { sub: 'ada' }, expires_at })
  return new UserManager(settingsOf(origin)).storeUser(user)
}

export async function open(origin) {
  const manager = new UserManager(settingsOf(origin))
  return async (input, init) => {
    const user = await manager.getUser()
    const { access_token } = user?.expired ? await manager.signinSilent() : user
    return attach(input, init, access_token)
  }
}

/** It takes care of no other call of `signinSilent`, so the app does. No timer: what is measured is who comes too late. */
export const storm = {
  store({ expires_in, ...tokens }, origin) {
    const expires_at = Math.floor(Date.now() / 1000) + expires_in
    const user = new User({ ...tokens, profile: { sub: 'ada' }, expires_at })
    return new UserManager(settingsOf(origin)).storeUser(user)
  },
  async open(origin) {
    const manager = new UserManager(settingsOf(origin, { automaticSilentRenew: false }))
    const renew = oneAtATime(() => manager.signinSilent())
    return async (input, init) => {
      const user = await manager.getUser()
      const { access_token } = user.expired ? await renew() : user
      return attach(input, init, access_token)
    }
  },
}
