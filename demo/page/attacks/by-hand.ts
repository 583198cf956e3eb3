import { isCookie, type Victim } from './victims.js'

/** An interceptor as many an app has one: it puts the credential on every request, and looks at no address. */
export function byHand(victim: Victim, address: string): Promise<Response> {
  const url = new URL(address, location.origin)
  if (victim.carrier === 'access_token') url.searchParams.set('access_token', victim.token)
  const credentials = isCookie(victim) ? 'include' : 'same-origin'
  return fetch(url, { method: 'POST', headers: headersOf(victim), credentials })
}

function headersOf(victim: Victim): Record<string, string> {
  const { carrier, token } = victim
  if (isCookie(victim)) return { 'X-XSRF-TOKEN': csrfToken() }
  if (carrier === 'authorization') return { Authorization: `Bearer ${token}` }
  // The key is not at hand, so that there is no proof.
  if (carrier === 'dpop') return { Authorization: `DPoP ${token}` }
  return carrier === 'x-auth-token' ? { 'X-Auth-Token': token } : {}
}

function csrfToken(): string {
  const [, token = ''] = /(?:^|; )XSRF-TOKEN=([^;]*)/.exec(document.cookie) ?? []
  return decodeURIComponent(token)
}
