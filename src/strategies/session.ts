import { withDefaults } from '../options.js'
import { browserCookie } from '../placements/browser-cookie.js'
import { type Csrf, withCsrf } from '../placements/csrf.js'
import { webStorage } from '../stores/web-storage.js'
import type { SessionResponse, Store, Strategy } from '../types.js'
import { mustBeStore } from './define.js'
import { joined } from './join.js'
import { subjectCookieReader } from './subject-cookie.js'

/**
 * A server's session cookie (HttpOnly). Script can neither read nor set it, so `set()` takes no token: it
 * says that the server has started a session. A marker without any secret is kept in `localStorage`, so that
 * a reload knows; the server alone knows whether the session still lives. `clear()` forgets the marker, not
 * the server's session: call the server's sign-out as well.
 *
 * The browser sends the cookie whether signed in or not, so a login's answer can set it.
 *
 * @param options.csrf where the CSRF token is, if the server wants one: `csrfCookie({ cookie, header })`
 * @param options.subjectCookie name of a readable cookie that says whose session it is, if the server sets one. It is
 * read before each request: another value is another user.
 * @param options.storage where the marker is: {@link storeChain} or a store of your own. @default `localStorage`
 */
export function sessionStrategy(
  options: { csrf?: Csrf | undefined; subjectCookie?: string | undefined; storage?: Store | undefined } = {},
): Strategy<SessionResponse> {
  const defaults = { csrf: undefined, subjectCookie: '', storage: webStorage('local') }
  const { csrf, subjectCookie, storage } = withDefaults('sessionStrategy', options, defaults)
  mustBeStore('storage', storage)
  const marker: Strategy<never> = joined({
    name: 'session',
    store: storage,
    placement: withCsrf(browserCookie(), csrf),
    sentBy: 'browser',
    isUsable: (accessToken) => accessToken === undefined,
    readSubject: subjectCookieReader(subjectCookie),
  })
  return { ...marker, capabilities: { ...marker.capabilities, readable: false } } as Strategy<SessionResponse>
}
