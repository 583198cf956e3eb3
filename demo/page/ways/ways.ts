import {
  angular,
  cookieStrategy,
  createLatchkey,
  dpop,
  header,
  jwtStrategy,
  oauthRefresh,
  query,
  type Strategy,
  sessionStrategy,
  tokenStrategy,
} from '../../../src/index.js'
import { words } from '../word.js'
import { scriptCookiePlace, sessionCookiePlace } from './cookie-places.js'
import { indexedDbPlace, webStoragePlace } from './storage-places.js'
import type { Opened, Way } from './way.js'

const tokenEndpoint = new URL('/api/token', location.origin).href
/** The cookie XSRF-TOKEN and the header X-XSRF-TOKEN. */
const csrf = angular()

function openSession(name: string): Opened {
  const strategy = sessionStrategy({ csrf, probe: '/api/session/me' })
  const latchkey = createLatchkey({ strategy, allowedOrigins: ['self'], name })
  return { latchkey, keep: ({ expires_in }) => latchkey.set({ expires_in }), enter: latchkey.fetch }
}

function openWith(strategy: Strategy, name: string, isRefreshable: boolean): Opened {
  const refresh = isRefreshable ? oauthRefresh({ tokenEndpoint, clientId: 'latchkey-demo' }) : undefined
  const latchkey = createLatchkey({ strategy, allowedOrigins: ['self'], name, refresh })
  return { latchkey, keep: latchkey.set, enter: latchkey.fetch }
}

function openDpop(name: string, isRefreshable: boolean): Opened {
  const proof = dpop()
  const strategy = jwtStrategy({ storage: 'local', placement: proof })
  const refresh = isRefreshable
    ? oauthRefresh({ tokenEndpoint, clientId: 'latchkey-demo', dpop: proof })
    : undefined
  const latchkey = createLatchkey({ strategy, allowedOrigins: ['self'], name, refresh })
  return { latchkey, keep: latchkey.set, enter: proof.fetch }
}

const session: Way = {
  ...words.ways.session,
  code: "sessionStrategy({ csrf: angular(), probe: '/api/session/me' })",
  id: 'session',
  kind: 'session',
  carrier: 'cookie',
  sentBy: 'browser',
  isRefreshable: false,
  place: sessionCookiePlace('latchkey_demo_sid', 'latchkey.session.session'),
  open: () => openSession('session'),
}

const cookie: Way = {
  ...words.ways.cookie,
  code: "cookieStrategy({ name: 'demo_token' })",
  id: 'cookie',
  kind: 'cookie',
  carrier: 'cookie',
  sentBy: 'browser',
  isRefreshable: true,
  place: scriptCookiePlace('demo_token', 'latchkey.cookie.cookie'),
  open: ({ refresh }) => openWith(cookieStrategy({ name: 'demo_token', csrf }), 'cookie', refresh),
}

function jwt(id: 'jwt-local' | 'jwt-session', storage: 'local' | 'session'): Way {
  return {
    ...words.ways[id],
    code: `jwtStrategy({ storage: '${storage}' })`,
    id,
    kind: 'jwt',
    carrier: 'authorization',
    sentBy: 'script',
    isRefreshable: true,
    place: webStoragePlace(`${storage}Storage`, `latchkey.jwt.${id}`),
    open: ({ refresh }) => openWith(jwtStrategy({ storage }), id, refresh),
  }
}

const bound: Way = {
  ...words.ways.dpop,
  code: "jwtStrategy({ storage: 'local', placement: dpop() })",
  id: 'dpop',
  kind: 'dpop',
  carrier: 'authorization',
  sentBy: 'script',
  isRefreshable: true,
  place: webStoragePlace('localStorage', 'latchkey.jwt.dpop'),
  open: ({ refresh }) => openDpop('dpop', refresh),
}

interface TokenWay {
  readonly id: 'token' | 'token-header' | 'token-query'
  readonly code: string
  readonly carrier: string
  readonly strategy: Strategy
}

function token({ id, code, carrier, strategy }: TokenWay): Way {
  return {
    ...words.ways[id],
    id,
    code,
    kind: id,
    carrier,
    sentBy: 'script',
    isRefreshable: true,
    place: indexedDbPlace(`latchkey.token.${id}`),
    open: ({ refresh }) => openWith(strategy, id, refresh),
  }
}

export const ways: readonly Way[] = [
  session,
  cookie,
  jwt('jwt-local', 'local'),
  jwt('jwt-session', 'session'),
  token({ id: 'token', code: 'tokenStrategy()', carrier: 'authorization', strategy: tokenStrategy() }),
  token({
    id: 'token-header',
    code: "tokenStrategy({ placement: header('X-Auth-Token') })",
    carrier: 'x-auth-token',
    strategy: tokenStrategy({ placement: header('X-Auth-Token') }),
  }),
  token({
    id: 'token-query',
    code: "tokenStrategy({ placement: query('access_token') })",
    carrier: 'access_token',
    strategy: tokenStrategy({ placement: query('access_token') }),
  }),
  bound,
]
