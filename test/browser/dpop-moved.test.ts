import { describe, expect, onTestFinished, test } from 'vitest'
import {
  createLatchkey,
  dpop,
  jwtStrategy,
  type LatchkeyOptions,
  type Strategy,
  tokenStrategy,
} from '../../src/index.js'
import { codeOf, listen, settled } from '../shared/fixtures/events.js'
import { fakeStore } from '../shared/fixtures/faults.js'
import { jwtOf } from '../shared/fixtures/jwt.js'
import { API } from './dpop-fixtures.js'
import { ownName } from './fixtures.js'

const grant = (number: number, token_type?: string) => ({
  access_token: jwtOf({ sub: 'ann', number }),
  refresh_token: `rt-${number}`,
  expires_in: 3600,
  token_type,
})
const sentBy = (scheme: string, number: number) => `${scheme} ${grant(number).access_token}`

/** One app in one browser, some versions of which send proofs. */
function oneApp() {
  const name = ownName()
  const proof = dpop({ name })
  const strategies = {
    bearer: () => jwtStrategy({ storage: 'local' }),
    bound: () => jwtStrategy({ storage: 'local', placement: proof }),
    'bearer elsewhere': () => tokenStrategy(),
    'bound elsewhere': () => tokenStrategy({ placement: proof }),
  }
  onTestFinished(async () => {
    for (const strategy of [strategies.bearer(), strategies['bearer elsewhere']()]) {
      const latchkey = createLatchkey({ strategy, allowedOrigins: [API], name })
      await latchkey.clear()
      latchkey.dispose()
    }
  })
  const open = (strategy: Strategy, more: Partial<LatchkeyOptions> = {}) => {
    const latchkey = createLatchkey({
      strategy,
      allowedOrigins: [API],
      name,
      fetch: async ({ headers }) => new Response(headers.get('authorization')),
      refresh: async () => grant(1, 'DPoP'),
      ...more,
    })
    onTestFinished(async () => {
      await latchkey.clear().catch(() => {})
      latchkey.dispose()
    })
    return { latchkey, sent: async () => (await latchkey.fetch(API)).text(), ...listen(latchkey) }
  }
  /** Signs in, and closes the app. */
  const signIn = async (strategy: Strategy, type?: string) => {
    const { latchkey } = open(strategy)
    await latchkey.set(grant(0, type))
    latchkey.dispose()
  }
  const stored = () => localStorage.getItem(`latchkey.jwt.${name}`) ?? ''
  return { strategies, open, signIn, stored, proof }
}

describe('what is stored', () => {
  test('says of which type the token is, where its placement asks for one, and else nothing of it', async () => {
    const { strategies, signIn, stored } = oneApp()
    await signIn(strategies.bearer(), 'Bearer')
    expect(stored()).not.toContain('token_type')
    await signIn(strategies.bound(), 'dpop')
    expect(stored()).toMatch(/^\{"v":1,.*,"token_type":"DPoP"\}$/)
    await signIn(strategies.bound())
    expect(stored()).toMatch(/,"token_type":"DPoP"\}$/)
  })

  test('and is bound to a key is not taken by a version without one, which leaves it where it is', async () => {
    const { strategies, signIn, open, stored } = oneApp()
    await signIn(strategies.bound(), 'DPoP')
    const before = stored()
    const older = open(strategies.bearer())
    expect((await older.latchkey.ready()).status).toBe('signed-out')
    await settled()
    expect(older.events.at(-1)).toMatchObject({ error: { code: 'ERR_STORED_MALFORMED' } })
    expect([stored(), await older.sent()]).toEqual([before, ''])
    older.latchkey.dispose()
    expect(await open(strategies.bound()).sent()).toBe(sentBy('DPoP', 0))
  })

  test('and is not bound is taken, and bound by the next refresh', async () => {
    const { strategies, signIn, open, stored } = oneApp()
    await signIn(strategies.bearer())
    const { latchkey, sent } = open(strategies.bound())
    expect([await sent(), stored().includes('token_type')]).toEqual([sentBy('DPoP', 0), false])
    await latchkey.refresh()
    expect([await sent(), stored().includes('"token_type":"DPoP"')]).toEqual([sentBy('DPoP', 1), true])
  })
})

describe('two tabs', () => {
  test('of which the older one has no key: it is signed out when the newer one has bound the token', async () => {
    const { strategies, open } = oneApp()
    const older = open(strategies.bearer())
    await older.latchkey.set(grant(0))
    const newer = open(strategies.bound())
    expect([await older.sent(), await newer.sent()]).toEqual([sentBy('Bearer', 0), sentBy('DPoP', 0)])
    await newer.latchkey.refresh()
    await expect.poll(() => older.latchkey.state.status).toBe('signed-out')
    expect([older.latchkey.state.reason, await older.sent()]).toEqual(['other-tab', ''])
    expect(await newer.sent()).toBe(sentBy('DPoP', 1))
  })
})

describe('a token that is bound to a key', () => {
  test.for(['bearer', 'bearer elsewhere'] as const)(
    'stays where it is instead of moving to %s',
    async (to) => {
      const { strategies, signIn, open } = oneApp()
      await signIn(strategies.bound(), 'DPoP')
      const { latchkey, sent } = open(strategies[to](), { migrateFrom: [strategies.bound()] })
      expect(await sent()).toBe(sentBy('DPoP', 0))
      expect(latchkey.state.storage.error).toMatchObject({ code: 'ERR_CREDENTIAL_MALFORMED' })
      await latchkey.set(grant(2))
      expect(await sent()).toBe(sentBy('Bearer', 2))
    },
  )

  test('is not moved by migrate() either, which says so', async () => {
    const { strategies, open } = oneApp()
    const { latchkey, sent } = open(strategies.bound())
    await latchkey.set(grant(0, 'DPoP'))
    expect(await codeOf(latchkey.migrate(strategies['bearer elsewhere']()))).toBe('ERR_CREDENTIAL_MALFORMED')
    expect(await sent()).toBe(sentBy('DPoP', 0))
  })

  test('moves to where its key is, and still says what it is', async () => {
    const { strategies, open, signIn } = oneApp()
    await signIn(strategies.bound(), 'DPoP')
    const moved = open(strategies['bound elsewhere'](), { migrateFrom: [strategies.bound()] })
    expect([await moved.sent(), moved.latchkey.state.strategy]).toEqual([sentBy('DPoP', 0), 'token'])
    moved.latchkey.dispose()
    const older = open(strategies['bearer elsewhere']())
    expect((await older.latchkey.ready()).status).toBe('signed-out')
  })

  test('is not put among bearer tokens where it can’t be stored with its own', async () => {
    const { strategies, signIn, open, stored, proof } = oneApp()
    await signIn(strategies.bearer())
    const broken = Object.assign(fakeStore(), {
      write: () => Promise.reject(new DOMException('full', 'QuotaExceededError')),
    })
    const strategy = tokenStrategy({ storage: broken, placement: proof })
    const { latchkey, sent } = open(strategy, { migrateFrom: [strategies.bearer()] })
    await latchkey.ready()
    await latchkey.refresh()
    expect([await sent(), stored()]).toEqual([sentBy('DPoP', 1), ''])
  })
})

test('a bearer token that was moved to a key is no bound one yet, and can go back', async () => {
  const { strategies, open, signIn } = oneApp()
  await signIn(strategies.bearer())
  const { latchkey, sent } = open(strategies['bound elsewhere'](), { migrateFrom: [strategies.bearer()] })
  expect(await sent()).toBe(sentBy('DPoP', 0))
  await latchkey.migrate(strategies.bearer())
  expect(await sent()).toBe(sentBy('Bearer', 0))
})
