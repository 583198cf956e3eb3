import { describe, expect, test } from 'vitest'
import { configure, type JsonObject } from '../../../src/index.js'
import { differing, EVIL, optionNames, polluted } from '../../attacks/fixtures/polluting.js'

/** What valibot, which looks at the data, asks of its own objects. */
const VALIBOT = [
  'fallback',
  'default',
  'lang',
  'label',
  'abortEarly',
  'abortPipeEarly',
  'expected',
  'received',
  'input',
]
const NAMES = [...optionNames(), ...VALIBOT]
const API = 'https://api.example.com'

/** Everything that data can say is said somewhere, and most of it left out elsewhere. */
const right = {
  allowedOrigins: [API],
  migrateFrom: [{ type: 'cookie', name: 'old' }],
  environments: {
    a: { strategy: { type: 'memory' } },
    b: {
      strategy: {
        type: 'jwt',
        storage: { type: 'chain', stores: ['memory'] },
        placement: { type: 'header', name: 'X-Auth' },
      },
      refresh: { type: 'oauth', tokenEndpoint: `${API}/token`, clientId: 'web' },
    },
    c: { strategy: { type: 'session', csrf: { type: 'django' } } },
  },
}

const wrong = {
  keepfresh: true,
  environments: {
    a: { strategy: { type: 'jwt' }, refresh: { type: 'oauth' } },
    b: { strategy: { type: 'cookie', placement: {} }, hosts: [5] },
    c: { strategy: { type: 'token', storage: { type: 'chain', stores: ['memory', 'local'] } } },
  },
}

/** What becomes of a configuration, as far as anybody can see. */
function told(config: JsonObject, environment: string): string {
  try {
    const latchkey = configure(config, { environment })
    const { strategy, storage } = latchkey.state
    const where = [`${API}/me`, 'https://evil.example/'].map((url) => latchkey.allows(url))
    latchkey.dispose()
    return JSON.stringify([strategy, storage.name, where])
  } catch (error) {
    return error instanceof TypeError ? error.message : `no TypeError: ${error}`
  }
}

const cases = ['a', 'b', 'c', 'none'].flatMap((name) => [
  [`a right one, ${name}`, right, name] as const,
  [`a wrong one, ${name}`, wrong, name] as const,
])

describe.for(cases)('of a configuration, %s', ([, config, environment]) => {
  test.for(Object.entries(EVIL))(
    'the same comes when Object.prototype has all names: %s',
    async ([, value]) => {
      const expected = told(config, environment)
      const isSame = async (names: readonly string[]) =>
        (await polluted(Object.prototype, names, value, async () => told(config, environment))) === expected
      expect(await differing(NAMES, isSame)).toEqual([])
    },
  )
})
