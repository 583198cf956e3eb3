import { AuthClient } from '@supabase/auth-js'
import { attach } from './attach.js'

export const name = '@supabase/auth-js'

export function store({ expires_in, ...tokens }) {
  const expires_at = Math.floor(Date.now() / 1000) + expires_in
  const session = { ...tokens, expires_in, expires_at, token_type: 'bearer', user: { id: 'ada' } }
  localStorage.setItem('supabase.auth.token', JSON.stringify(session))
}

export async function open(origin) {
  const url = `${origin}/supabase`
  const auth = new AuthClient({ url, storageKey: 'supabase.auth.token', detectSessionInUrl: false })
  return async (input, init) => {
    const { data } = await auth.getSession()
    return attach(input, init, data.session.access_token)
  }
}
