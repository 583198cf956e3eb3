import { describe, expect, it } from 'vitest'
import { flaggedByEditor, flaggedByLibrary } from './flagged.js'

const sound = { strategy: { type: 'memory' }, allowedOrigins: ['https://api.example.com'] }

const HEADERS = [
  'X-Auth',
  'a',
  'Cookie',
  'cookie2',
  'SEC-x',
  'Security',
  'Hostname',
  'HOST',
  'Proxy-X',
  'two words',
  'a:b',
  'é',
  '',
]
const SECONDS = [0, 0.5, 30, 1_999_999, 2_000_000, -1, '5', null, true]
const FLAGS = [true, false, 'true', 0, null]
const TEXTS = ['a', '', 5, null, {}, []]

/** Values for one place each, right and wrong ones: both checks have to say the same of each. */
const places: Record<string, { config: (value: unknown) => object; values: readonly unknown[] }> = {
  'allowedOrigins.0': {
    config: (value) => ({ ...sound, allowedOrigins: [value] }),
    values: [
      ...[
        'self',
        'https://api.example.com',
        'https://api.example.com/',
        'https://api.example.com/v1/',
        'https://[::1]:8443',
        'https://api.example.com:443',
        'https://api.example.com:80',
        'https://api.example.com:08443',
        'https://api.example.com/.well-known/...',
        'https://api.example.com/v1/../v2',
        'https://api.example.com/v1/%2E/v2',
        'https://api.example.com/ü',
        'https://api.example.com/"',
      ],
      ...[
        'http://localhost:3000',
        'http://127.0.0.1',
        'http://localhost:80',
        'http://localhost:443/',
        'http://app.localhost/api',
        'http://api.example.com',
        'http://10.0.0.1',
      ],
      ...[
        '*',
        'https://*.example.com',
        'api.example.com',
        '//api.example.com',
        'https://API.example.com',
        'Self',
        'https://',
      ],
      ...[
        'https://user@example.com',
        'https://a.example/?q',
        'https://a.example/#f',
        'ftp://a.example',
        'https://a b',
        '',
        5,
        null,
        {},
      ],
    ],
  },
  'allowedOrigins.0 of another device': {
    config: (value) => ({ ...sound, allowInsecureOrigins: true, allowedOrigins: [value] }),
    values: [
      'http://10.0.0.1:8080',
      'http://api.example.com',
      'https://a.example',
      'http://*.a.example',
      'ws://a.example',
      '',
    ],
  },
  allowedOrigins: {
    config: (allowedOrigins) => ({ ...sound, allowedOrigins }),
    values: [['self'], [], 'self', null, {}, undefined],
  },
  'environments.a.hosts.0': {
    config: (value) => ({ ...sound, environments: { a: { hosts: [value] } } }),
    values: [
      ...[
        'app.example.com',
        'localhost',
        'localhost:5173',
        '127.0.0.1:80',
        '[::1]:3000',
        'xn--bcher-kva.example',
        'my_host',
        'app.example.com:443',
        'app.example.com:0443',
      ],
      ...[
        'App.example.com',
        '*.example.com',
        'https://a.example',
        'a.example/path',
        'a b',
        'user@a.example',
        'bücher.example',
        '',
        5,
      ],
    ],
  },
  environments: {
    config: (environments) => ({ ...sound, environments }),
    values: [{ a: {} }, {}, { '': {} }, { a: 5 }, { a: null }, { a: [] }, [], 5, null, 'a'],
  },
  strategy: {
    config: (strategy) => ({ ...sound, strategy }),
    values: [undefined, null, 'jwt', {}, { type: 'JWT' }, { type: 'jwt' }, 5],
  },
  'strategy.storage': {
    config: (storage) => ({ ...sound, strategy: { type: 'jwt', storage } }),
    values: [
      ...[
        'local',
        'session',
        'indexedDB',
        'memory',
        'Local',
        '',
        5,
        null,
        {},
        { type: 'local' },
        { type: 'chain' },
      ],
      ...[
        { type: 'chain', stores: [] },
        { type: 'chain', stores: ['indexedDB', 'local'] },
        { type: 'chain', stores: ['x', 5] },
      ],
      ...[
        { type: 'encrypted', storage: 'local' },
        { type: 'encrypted', storage: { type: 'chain', stores: [{}, 'local'] } },
      ],
      { type: 'encrypted', storage: 'x', store: 'local' },
    ],
  },
  'a header’s name': {
    config: (name) => ({ ...sound, strategy: { type: 'memory', placement: { type: 'header', name } } }),
    values: HEADERS,
  },
  'a CSRF header’s name': {
    config: (header) => ({ ...sound, strategy: { type: 'session', csrf: { type: 'django', header } } }),
    values: HEADERS,
  },
  'a parameter’s name': {
    config: (name) => ({ ...sound, strategy: { type: 'memory', placement: { type: 'query', name } } }),
    values: TEXTS,
  },
  'dpop’s storage': {
    config: (storage) => ({ ...sound, strategy: { type: 'memory', placement: { type: 'dpop', storage } } }),
    values: ['indexedDB', 'memory', 'local', ''],
  },
  'a cookie’s name': {
    config: (name) => ({ ...sound, strategy: { type: 'cookie', name } }),
    values: ['a', '__Host-a', 'a b', 'a=b', 'a%20', 'é', '', 5, undefined],
  },
  'a cookie’s days': {
    config: (expires) => ({ ...sound, strategy: { type: 'cookie', name: 'a', expires } }),
    values: [1, 0.5, 99_999, 100_000, 0, -1, '7', null],
  },
  'a cookie’s path': {
    config: (path) => ({ ...sound, strategy: { type: 'cookie', name: 'a', path } }),
    values: ['/', '/app', 'app', '/a;b', '/a\n', '', 5],
  },
  'a cookie’s domain': {
    config: (domain) => ({ ...sound, strategy: { type: 'cookie', name: 'a', domain } }),
    values: ['example.com', '.example.com', 'a b', 'a;b', '', 5],
  },
  'a cookie’s sameSite': {
    config: (sameSite) => ({ ...sound, strategy: { type: 'cookie', name: 'a', sameSite } }),
    values: ['Strict', 'Lax', 'None', 'none', '', null],
  },
  'a cookie’s flag': {
    config: (secure) => ({ ...sound, strategy: { type: 'cookie', name: 'a', secure } }),
    values: [true, 'yes', null],
  },
  'a token endpoint': {
    config: (tokenEndpoint) => ({ ...sound, refresh: { type: 'oauth', tokenEndpoint, clientId: 'web' } }),
    values: [
      ...[
        'https://id.example.com/token',
        'https://id.example.com',
        'http://localhost:8080/token',
        'http://127.0.0.1/token',
      ],
      ...[
        'http://id.example.com/token',
        '/token',
        'ftp://a/b',
        'https://',
        'id.example.com',
        '',
        5,
        undefined,
      ],
    ],
  },
  'a client': {
    config: (clientId) => ({
      ...sound,
      refresh: { type: 'oauth', tokenEndpoint: 'https://a.example', clientId },
    }),
    values: TEXTS,
  },
  migrateFrom: {
    config: (migrateFrom) => ({ ...sound, migrateFrom }),
    values: [[], [{ type: 'token' }], [{ type: 'jwt' }, {}], 'jwt', null],
  },
  onForeignOrigin: {
    config: (onForeignOrigin) => ({ ...sound, onForeignOrigin }),
    values: ['send-bare', 'reject', 'send', true],
  },
  name: { config: (name) => ({ ...sound, name }), values: TEXTS },
  keepFresh: { config: (keepFresh) => ({ ...sound, keepFresh }), values: FLAGS },
  allowInsecureOrigins: {
    config: (allowInsecureOrigins) => ({ ...sound, allowInsecureOrigins }),
    values: FLAGS,
  },
  storageTimeoutSeconds: {
    config: (storageTimeoutSeconds) => ({ ...sound, storageTimeoutSeconds }),
    values: SECONDS,
  },
  idleTimeoutSeconds: { config: (idleTimeoutSeconds) => ({ ...sound, idleTimeoutSeconds }), values: SECONDS },
  'what nobody knows': {
    config: (value) => ({ ...sound, [`${value}`]: 1, strategy: { type: 'memory', [`${value}`]: 1 } }),
    values: ['x', 'csrf', 'constructor', 'toString', 'hasOwnProperty'],
  },
}

describe.each(Object.entries(places))('of %s', (_, { config, values }) => {
  it.each(values.map((value) => [JSON.stringify(value) ?? 'nothing', config(value)] as const))(
    'an editor’s validator and the library say the same: %s',
    (_value, given) => {
      const data: unknown = JSON.parse(JSON.stringify(given))
      expect(flaggedByEditor(data)).toEqual(flaggedByLibrary(data))
    },
  )

  it('there is a wrong one among them', () => {
    const counts = values.map((value) => flaggedByLibrary(JSON.parse(JSON.stringify(config(value)))).length)
    expect(Math.max(...counts)).toBeGreaterThan(0)
  })
})
