import { AuthClient, isAuthRefreshDiscardedError } from '@supabase/auth-js'
import { attach } from './attach.js'

export const name = '@supabase/auth-js'

export function store({ expires_in, ...tokens }) {
  const expires_at = Math.floor(Date.now() / 1000) + expires_in
  const session = { ...tokens, expires_in, expires_at, token_type: 'bearer', user: { id: 'ada' } }
  localStorage.setItem('supabase.auth.token', JSON.stringify(session))
}

const clientOf = (origin, more) => {
  const url = `${origin}/supabase`
  return new AuthClient({ url, storageKey: 'supabase.auth.token', detectSessionInUrl: false, ...more })
}

export async function open(origin) {
  const auth = clientOf(origin)
  return async (input, init) => {
    const { data } = await auth.getSession()
    return attach(input, init, data.session.access_token)
  }
}

/**
 * It has given up its locks and leaves tabs to its server, which takes a spent token again for ten seconds; so does the
 * provider here, for this peer alone. It renews a minute and a half before the end; no timer, which would come before all.
 */
export const storm = {
  store: (tokens) => store({ ...tokens, expires_in: tokens.expires_in + 90 }),
  async open(origin) {
    const auth = clientOf(origin, { autoRefreshToken: false })
    return async (input, init) => {
      let { data, error } = await auth.getSession()
      // Another tab was faster, and has stored what it got.
      if (isAuthRefreshDiscardedError(error)) ({ data, error } = await auth.getSession())
      if (error) throw error
      return attach(input, init, data.session.access_token)
    }
  },
}
