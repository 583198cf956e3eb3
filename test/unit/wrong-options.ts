import {
  cookieStrategy,
  createLatchkey,
  csrfCookie,
  defineStrategy,
  dpop,
  header,
  jwtStrategy,
  memoryStrategy,
  oauthRefresh,
  sessionStrategy,
  tokenStrategy,
} from '../../src/index.js'
import { fakeStore } from '../shared/fixtures/faults.js'

const placement = { name: 'none', attach: async () => undefined }
const parts = { name: 'own', store: fakeStore(), placement }
export const good = { strategy: memoryStrategy(), allowedOrigins: ['https://api.example.com'] }
const grant = { tokenEndpoint: 'https://login.example.com/token', clientId: 'app' }
const xsrf = { cookie: 'XSRF-TOKEN', header: 'X-XSRF-TOKEN' }

type Wrong = Record<string, readonly unknown[]>

export interface Factory {
  make(options: never): unknown
  good: object
  wrong: Wrong
}

const SECONDS = [-1, Number.NaN, Number.POSITIVE_INFINITY, 1e9, '5', null]
/** What can be no header of script’s. */
export const NOT_HEADERS = [
  '',
  'two words',
  'a:b',
  'a\nb',
  'é',
  5,
  null,
  'Cookie',
  'Sec-Fetch-Mode',
  'Proxy-X',
  'Host',
]

/** Every factory, options it takes, and wrong values for each of them. */
export const factories: Record<string, Factory> = {
  createLatchkey: {
    make: createLatchkey,
    good,
    wrong: {
      strategy: [undefined, null, 'jwt', {}, () => {}, jwtStrategy],
      allowedOrigins: [undefined, null, 'self', [], {}, [5], [null], [undefined], [['https://a.example']]],
      refresh: [null, 'https://login.example.com', {}, true],
      name: [null, 5, {}],
      onForeignOrigin: ['', 'send', 'REJECT', null, true],
      isAuthFailure: [null, 401, 'x', {}],
      subject: [null, 'ann', {}],
      allowInsecureOrigins: [null, 1, 'yes'],
      storageTimeoutSeconds: SECONDS,
      refreshTimeoutSeconds: SECONDS,
      refreshBeforeSeconds: SECONDS,
      fetch: [null, 'fetch', {}],
      now: [null, 5, new Date(0)],
    },
  },
  jwtStrategy: {
    make: jwtStrategy,
    good: { storage: 'local' },
    wrong: {
      storage: [undefined, null, '', 'Local', 'localStorage', 'cookie', 5],
      placement: [null, 'bearer', header, () => {}],
    },
  },
  tokenStrategy: { make: tokenStrategy, good: {}, wrong: { placement: [null, 'bearer', header] } },
  memoryStrategy: { make: memoryStrategy, good: {}, wrong: { placement: [null, 'bearer', header] } },
  sessionStrategy: { make: sessionStrategy, good: {}, wrong: { csrf: ['X-XSRF-TOKEN', true, csrfCookie] } },
  cookieStrategy: {
    make: cookieStrategy,
    good: { name: 'auth' },
    wrong: {
      name: [undefined, null, '', 'a b', 'a;b', 'a=b', 'a%20', 'é', 'a\0', 5],
      expires: [0, -1, Number.NaN, Number.POSITIVE_INFINITY, '7', null, new Date(0)],
      path: ['', 'here', '/a;domain=evil.example', '/a\n', null, 5],
      domain: ['a;secure', 'a b', 5, {}],
      secure: [null, 'yes', 1],
      sameSite: ['', 'strict', 'NONE', 'x', null, true],
      partitioned: [null, 'yes', 1],
      csrf: ['X-XSRF-TOKEN', true],
    },
  },
  dpop: {
    make: dpop,
    good: {},
    wrong: { name: [null, 5], storage: [null, '', 'local', {}], now: [null, 5] },
  },
  defineStrategy: {
    make: defineStrategy,
    good: parts,
    wrong: {
      name: [undefined, null, '', 'a b', 'a.b', 5],
      store: [undefined, null, {}, 'local', localStorage],
      placement: [undefined, null, {}, 'bearer', header],
    },
  },
  csrfCookie: {
    make: csrfCookie,
    good: xsrf,
    wrong: { cookie: [undefined, null, '', 5], header: [undefined, ...NOT_HEADERS] },
  },
  oauthRefresh: {
    make: oauthRefresh,
    good: grant,
    wrong: {
      tokenEndpoint: [undefined, null, '', '/token', 'http://login.example.com/token', 'ftp://a/b', 5],
      clientId: [undefined, null, '', 5],
      scope: [null, 5, ['a']],
      dpop: [null, true, {}, 'dpop'],
    },
  },
}
