import { withDefaults } from '../options.js'
import { browserCookie } from '../placements/browser-cookie.js'
import { type Csrf, withCsrf } from '../placements/csrf.js'
import { webStorage } from '../stores/web-storage.js'
import type { SessionResponse, Strategy } from '../types.js'
import { joined } from './join.js'

/**
 * A server's session cookie (HttpOnly). Script can neither read nor set it, so `set()` takes no token: it
 * says that the server has started a session. A marker without any secret is kept in `localStorage`, so that
 * a reload knows; the server alone knows whether the session still lives. `clear()` forgets the marker, not
 * the server's session: call the server's sign-out as well.
 *
 * The browser sends the cookie whether signed in or not, so a login's answer can set it.
 *
 * @param options.csrf where the CSRF token is, if the server wants one: `csrfCookie({ cookie, header })`
 */
export function sessionStrategy(options: { csrf?: Csrf | undefined } = {}): Strategy<SessionResponse> {
  const { csrf } = withDefaults('sessionStrategy', options, { csrf: undefined })
  const marker: Strategy<never> = joined({
    name: 'session',
    store: webStorage('local'),
    placement: withCsrf(browserCookie(), csrf),
    sentBy: 'browser',
    isUsable: (accessToken) => accessToken === undefined,
  })
  return { ...marker, capabilities: { ...marker.capabilities, readable: false } } as Strategy<SessionResponse>
}
