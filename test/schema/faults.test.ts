import { describe, expect, it } from 'vitest'
import { faultsIn, flaggedByEditor, flaggedByLibrary, thrownBy } from './flagged.js'

const SECRET = 'hunter2'

const sound = () => ({
  $schema: './node_modules/latchkey/latchkey.schema.json',
  allowedOrigins: ['self', 'https://api.example.com'],
  environments: {
    development: { hosts: ['localhost:5173'], strategy: { type: 'jwt', storage: 'session' } },
    staging: {
      strategy: { type: 'token', placement: { type: 'header', name: 'X-Auth-Token' } },
      refresh: { type: 'oauth', tokenEndpoint: 'https://id.example.com/token', clientId: 'web' },
    },
    production: {
      hosts: ['app.example.com'],
      strategy: { type: 'session', csrf: { type: 'django' }, probe: '/me' },
    },
  },
})

/** Where something is wrong, what is there, and what is said of it. */
const ten: readonly (readonly [path: string, value: unknown, must: RegExp])[] = [
  ['allowedOrigins.1', `https://*.${SECRET}.example.com`, /^be "self" or an origin .* without a pattern$/],
  ['refreshBeforeSeconds', -5, /^be a number of seconds: not negative/],
  ['keepfresh', SECRET, /^be written "keepFresh"$/],
  [
    'environments.development.strategy.storage',
    `${SECRET}Storage`,
    /^be "local", "session", "indexedDB" or "memory"$/,
  ],
  [
    'environments.staging.strategy.csrf',
    { type: SECRET },
    /^not be there: what may is type, storage, placement$/,
  ],
  ['environments.staging.strategy.placement.name', 'Cookie', /^be the name of a header that script may set$/],
  [
    'environments.staging.refresh.tokenEndpoint',
    `http://${SECRET}.example.com/token`,
    /^be an absolute https URL$/,
  ],
  [
    'environments.production.hosts.0',
    `https://${SECRET}.example.com`,
    /^be a host as browsers write it, such as /,
  ],
  ['environments.production.onForeignOrigin', SECRET, /^be "send-bare" or "reject"$/],
  ['environments.production.strategy', undefined, /^be given, here or for all$/],
]

interface Node {
  [name: string]: Node
}

function withFaults(faults: typeof ten, config: object = sound()): unknown {
  for (const [path, value] of faults) {
    const names = path.split('.')
    const owner = names.slice(0, -1).reduce((node, name) => node[name] as Node, config as unknown as Node)
    owner[names.at(-1) ?? ''] = value as Node
  }
  return JSON.parse(JSON.stringify(config))
}

describe('a configuration', () => {
  it('in which nothing is wrong has no faults', () => {
    expect([faultsIn(sound()), flaggedByEditor(sound())]).toEqual([[], []])
  })

  it('with ten faults reports ten at once, each with its path and remedy, and an editor flags the same', () => {
    const config = withFaults(ten)
    const faults = new Map(faultsIn(config).map(({ path, must }) => [path, must]))
    expect([...faults.keys()].sort()).toEqual(ten.map(([path]) => path).sort())
    for (const [path, , must] of ten) expect(faults.get(path)).toMatch(must)
    expect(flaggedByEditor(config)).toEqual(flaggedByLibrary(config))
  })

  it.each(ten)('with one fault reports that alone, as an editor does: %s', (path, value, must) => {
    const config = withFaults([[path, value, must]])
    expect(faultsIn(config)).toEqual([{ path, must: expect.stringMatching(must) }])
    expect(flaggedByEditor(config)).toEqual([path])
  })

  it('has its faults in a message with a line for each, and in a frozen list', () => {
    const error = thrownBy(withFaults(ten))
    const [head, ...lines] = error?.message.split('\n') ?? []
    expect(head).toBe('"config" must be right in 10 places:')
    const faults = faultsIn(withFaults(ten))
    expect(lines).toEqual(faults.map(({ path, must }) => `${path} must ${must}`))
    expect([error?.cause, ...faults].every(Object.isFrozen)).toBe(true)
    expect(thrownBy(withFaults(ten.slice(1, 2)))?.message).toMatch(/^"config" must be right in 1 place:\n/)
  })

  it.each([
    ['strategy', 'jwt', 'be an object with "type": "session", "cookie", "jwt", "token" or "memory"'],
    ['refresh', null, 'be an object with "type": "oauth"'],
    ['idleTimeoutSeconds', 0, 'be a number of seconds: more than 0, and less than 2000000'],
    ['migrateFrom.0', 5, 'be an object with "type": "session", "cookie", "jwt", "token" or "memory"'],
    ['environments.staging.strategy.storage', 5, 'be "local", "session", "indexedDB" or "memory"'],
    ['environments.staging.strategy.storage', {}, 'be "chain" or "encrypted"', '.type'],
  ])('says what it must be: %s %j', (path, value, must, within = '') => {
    const config = { ...sound(), strategy: { type: 'memory' }, migrateFrom: [] }
    expect(faultsIn(withFaults([[path, value, /./]], config))).toEqual([{ path: path + within, must }])
  })

  it('is never quoted in them, for a value may be a secret that is in the wrong place', () => {
    expect(JSON.stringify(withFaults(ten))).toContain(SECRET)
    const error = thrownBy(withFaults(ten))
    expect(`${error?.stack} ${JSON.stringify(error?.cause)}`).not.toContain(SECRET)
  })
})
