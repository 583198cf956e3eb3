import {
  angular,
  cookieStrategy,
  createLatchkey,
  header,
  jwtStrategy,
  oauthRefresh,
  query,
  type Strategy,
  sessionStrategy,
  tokenStrategy,
} from '../../src/index.js'
import { scriptCookiePlace, sessionCookiePlace } from './cookie-places.js'
import { indexedDbPlace, webStoragePlace } from './storage-places.js'
import type { Opened, Way } from './way.js'
import { words } from './words.js'

const tokenEndpoint = new URL('/api/token', location.origin).href
/** The cookie XSRF-TOKEN and the header X-XSRF-TOKEN. */
const csrf = angular()

function openSession(name: string): Opened {
  const strategy = sessionStrategy({ csrf, probe: '/api/session/me' })
  const latchkey = createLatchkey({ strategy, allowedOrigins: ['self'], name })
  return { latchkey, keep: ({ expires_in }) => latchkey.set({ expires_in }) }
}

function openWith(strategy: Strategy, name: string, isRefreshable: boolean): Opened {
  const refresh = isRefreshable ? oauthRefresh({ tokenEndpoint, clientId: 'latchkey-demo' }) : undefined
  const latchkey = createLatchkey({ strategy, allowedOrigins: ['self'], name, refresh })
  return { latchkey, keep: latchkey.set }
}

const session: Way = {
  ...words.session,
  id: 'session',
  kind: 'session',
  carrier: 'cookie',
  sentBy: 'browser',
  isRefreshable: false,
  place: sessionCookiePlace('latchkey_demo_sid', 'latchkey.session.session'),
  open: () => openSession('session'),
}

const cookie: Way = {
  ...words.cookie,
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
    ...words[id],
    id,
    kind: 'jwt',
    carrier: 'authorization',
    sentBy: 'script',
    isRefreshable: true,
    place: webStoragePlace(`${storage}Storage`, `latchkey.jwt.${id}`),
    open: ({ refresh }) => openWith(jwtStrategy({ storage }), id, refresh),
  }
}

function token(id: 'token' | 'token-header' | 'token-query', carrier: string, strategy: Strategy): Way {
  return {
    ...words[id],
    id,
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
  token('token', 'authorization', tokenStrategy()),
  token('token-header', 'x-auth-token', tokenStrategy({ placement: header('X-Auth-Token') })),
  token('token-query', 'access_token', tokenStrategy({ placement: query('access_token') })),
]
