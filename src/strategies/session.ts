import { must, own, withDefaults } from '../options.js'
import { browserCookie } from '../placements/browser-cookie.js'
import { type Csrf, withCsrf } from '../placements/csrf.js'
import { createProbing } from '../probing.js'
import { webStorage } from '../stores/web-storage.js'
import type { Probe, SessionResponse, Store, Strategy } from '../types.js'
import { mustBeStore } from './define.js'
import { joined } from './join.js'
import { probeAt } from './probe-at.js'
import { subjectCookieReader } from './subject-cookie.js'

/**
 * A server's session cookie (HttpOnly). Script can neither read nor set it, so `set()` takes no token: it
 * says that the server has started a session. A marker without any secret is kept in `localStorage`, so that
 * a reload knows; the server alone knows whether the session still lives. `clear()` forgets the marker, not
 * the server's session: call the server's sign-out as well.
 *
 * The browser sends the cookie whether signed in or not, so a login's answer can set it.
 *
 * @param options.csrf where the CSRF token is, if the server wants one: a preset such as `django()`, or `csrfCookie()` …
 * @param options.probe asks the server for the session: at the start, so that one is found that is not noted here (after
 * a login by redirect, or Safari's purge of what script has stored for 7 days), and after a 401, if there is no
 * `refresh`. The URL of an endpoint that answers 401 or `null` to nobody and an object to somebody, whose fields are the
 * claims; for other servers a function. Without one, what is noted here is believed.
 * @param options.subjectCookie name of a readable cookie that says whose session it is, if the server sets one. It is
 * read before each request: another value is another user.
 * @param options.storage where the marker is: {@link storeChain} or a store of your own. @default `localStorage`
 * @throws TypeError that begins with the quoted name of the option that is wrong
 */
export function sessionStrategy(options: SessionOptions = {}): Strategy<SessionResponse> {
  const { csrf, probe, subjectCookie, storage } = withDefaults('sessionStrategy', options, defaults())
  mustBeStore('storage', storage)
  must('probe', !probe || /^(string|function)$/.test(typeof probe), 'be a URL or a function')
  const marker: Strategy<never> = joined({
    name: 'session',
    store: storage,
    placement: withCsrf(browserCookie(), csrf),
    sentBy: 'browser',
    isUsable: (accessToken) => accessToken === undefined,
    readSubject: subjectCookieReader(subjectCookie),
  })
  return {
    ...marker,
    capabilities: { ...marker.capabilities, readable: false },
    probe: typeof probe === 'string' ? probeAt(probe) : probe,
    probing: createProbing,
    needs: {
      ...marker.needs,
      endpoints: [marker.needs?.endpoints ?? [], typeof probe === 'string' ? probe : []].flat(),
    },
    receive: (token, now) => ({ ...marker.receive(token as never, now), claims: claimsOf(token) }),
  }
}

/** What {@link sessionStrategy} takes. */
export interface SessionOptions {
  /** Where the CSRF token is, if the server wants one. @default none */
  csrf?: Csrf | undefined
  /** Asks the server for the session: a URL, or a function. @default what is noted here is believed */
  probe?: string | Probe | undefined
  /** Name of a readable cookie that says whose session it is. @default none */
  subjectCookie?: string | undefined
  /** Where the marker is. @default `localStorage` */
  storage?: Store | undefined
}

const defaults = () => ({
  csrf: undefined,
  probe: undefined,
  subjectCookie: '',
  storage: webStorage('local'),
})

function claimsOf(token: SessionResponse): SessionResponse['claims'] {
  const { claims } = own(token)
  return claims && Object(claims) === claims ? Object.freeze(own(claims)) : undefined
}
