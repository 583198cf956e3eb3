import { isOurs } from './rows.js'

/**
 * The peers of whose tabs one alone renews a token that all of them share, and what sees to it, as their sources have it.
 * What others call a lock, or a channel, keeps the calls of one tab apart, or tells the others of a login.
 */
const renewsOnce: Readonly<Record<string, string>> = {
  '@auth0/auth0-spa-js': 'Web Locks',
  '@axa-fr/oidc-client': 'Web Locks',
  '@okta/okta-auth-js': 'a leading tab, in the background alone',
  'supertokens-web-js': 'a lock in localStorage',
}

export const peersOverTabs: readonly string[] = Object.keys(renewsOnce)

/** What sees to it that a token is renewed once for all tabs, by a row's name. The bindings bring none of it along. */
export function overTabs(name: string): string {
  if (isOurs({ name })) return name.startsWith('latchkey latchkey/') ? 'no' : 'Web Locks, or IndexedDB'
  return renewsOnce[name] ?? 'no'
}
