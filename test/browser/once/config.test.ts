import { describe, expect, onTestFinished, test } from 'vitest'
import {
  type Configuration,
  type ConfigureOptions,
  configure,
  createLatchkey,
  jwtStrategy,
  type TokenResponse,
} from '../../../src/index.js'
import { jwtOf } from '../../shared/fixtures/jwt.js'
import { ownName } from '../fixtures.js'
import { lying, tidy } from './places.js'

/** An origin that no other test has: it is part of the key. */
const ownOrigin = () => `https://${ownName()}.example.com`

function made(config: Configuration, options: ConfigureOptions = {}) {
  const sent: (string | null)[] = []
  const fetch = async ({ headers }: Request) => {
    sent.push(headers.get('authorization'))
    return new Response()
  }
  const latchkey = configure(config, { fetch, ...options })
  onTestFinished(() => latchkey.dispose())
  return { latchkey, sent }
}

const keysOf = async (part: string) =>
  (await lying(part)).filter(([place]) => place !== 'ledger').map(([place, key]) => `${place} ${key}`)

function tidied(part: string): string {
  onTestFinished(() => tidy(part))
  return part
}

const token: TokenResponse = { access_token: jwtOf({ sub: 'ann' }), refresh_token: 'rt', expires_in: 3600 }

describe('another strategy in the configuration', () => {
  test('with "migrateFrom" signs nobody out: the token of localStorage is in IndexedDB then, and there alone', async () => {
    const origin = tidied(ownOrigin())
    const shared = { allowedOrigins: [origin], environments: { production: {} } }
    const first = made(
      { ...shared, strategy: { type: 'jwt', storage: 'local' } },
      { environment: 'production' },
    )
    await first.latchkey.set(token)
    expect(await keysOf(origin)).toEqual([`local latchkey.jwt.production.${origin}`])
    first.latchkey.dispose()

    const second = made(
      { ...shared, strategy: { type: 'token' }, migrateFrom: [{ type: 'jwt', storage: 'local' }] },
      { environment: 'production' },
    )
    expect(await second.latchkey.ready()).toMatchObject({ status: 'signed-in', strategy: 'token' })
    await second.latchkey.fetch(`${origin}/me`)
    expect(second.sent).toEqual([`Bearer ${token.access_token}`])
    await expect.poll(() => keysOf(origin)).toEqual([`indexedDB latchkey.token.production.${origin}`])
  })

  test('without it starts signed out, and leaves what was stored', async () => {
    const origin = tidied(ownOrigin())
    const first = made({ allowedOrigins: [origin], strategy: { type: 'jwt', storage: 'local' } })
    await first.latchkey.set(token)
    first.latchkey.dispose()
    const second = made({ allowedOrigins: [origin], strategy: { type: 'token' } })
    expect((await second.latchkey.ready()).status).toBe('signed-out')
    expect(await keysOf(origin)).toEqual([`local latchkey.jwt.${origin}`])
  })
})

describe.for([
  ['jwt', { type: 'jwt', storage: 'local' }],
  ['token', { type: 'token' }],
  ['session', { type: 'session' }],
] as const)('two environments of one host, %s', ([, strategy]) => {
  test('never meet: what one has stored the other does not find, nor does it clear it', async () => {
    const origin = tidied(ownOrigin())
    const config = { strategy, allowedOrigins: [origin], environments: { staging: {}, production: {} } }
    const staging = made(config, { environment: 'staging' })
    await staging.latchkey.set(strategy.type === 'session' ? { expires_in: 60 } : token)
    const production = made(config, { environment: 'production' })
    expect((await production.latchkey.ready()).status).toBe('signed-out')
    await production.latchkey.clear()
    expect(staging.latchkey.state.status).toBe('signed-in')
    staging.latchkey.dispose()
    const again = made(config, { environment: 'staging' })
    expect((await again.latchkey.ready()).status).toBe('signed-in')
  })
})

describe('the name', () => {
  test('is used as it is: what createLatchkey has stored under its first origin is found by that', async () => {
    const origin = tidied(ownOrigin())
    const before = createLatchkey({ strategy: jwtStrategy({ storage: 'local' }), allowedOrigins: [origin] })
    await before.set(token)
    before.dispose()
    const strategy = { type: 'jwt', storage: 'local' } as const
    const config = { strategy, allowedOrigins: [origin], environments: { production: {}, renamed: {} } }
    const unnamed = made(config, { environment: 'production' })
    expect((await unnamed.latchkey.ready()).status).toBe('signed-out')
    const named = made({ ...config, name: origin }, { environment: 'production' })
    expect((await named.latchkey.ready()).status).toBe('signed-in')
    named.latchkey.dispose()
    // And with a name of its own, an environment may be called something else.
    const renamed = made({ ...config, name: origin }, { environment: 'renamed' })
    expect((await renamed.latchkey.ready()).status).toBe('signed-in')
  })

  test('without environments is that of createLatchkey', async () => {
    const origin = tidied(ownOrigin())
    const { latchkey } = made({ strategy: { type: 'token' }, allowedOrigins: [origin] })
    await latchkey.set(token)
    expect(await keysOf(origin)).toEqual([`indexedDB latchkey.token.${origin}`])
  })
})

describe('what data can’t say', () => {
  test('is an option: a refresh of the app’s own stands over the data’s', async () => {
    const origin = tidied(ownOrigin())
    const refresh = { type: 'oauth', tokenEndpoint: `${origin}/token`, clientId: 'web' } as const
    const { latchkey, sent } = made(
      { strategy: { type: 'token' }, allowedOrigins: [origin], refresh },
      { refresh: async () => ({ access_token: 'own', expires_in: 60 }) },
    )
    await latchkey.set(token)
    await latchkey.refresh()
    await latchkey.fetch(`${origin}/me`)
    expect(sent).toEqual(['Bearer own'])
  })
})
