import { describe, expect, test } from 'vitest'
import { encrypted, jwtStrategy, type Strategy, storeChain, tokenStrategy } from '../../../src/index.js'
import { codeOf, settled } from '../../shared/fixtures/events.js'
import { fakeStore, sleep } from '../../shared/fixtures/faults.js'
import { look } from '../faults/broken-indexed-db.js'
import { blocked } from '../once/store-fixtures.js'
import { bearing, everything, grant, oneApp } from './fixtures.js'

interface Pair {
  plain(): Strategy
  locked(): Strategy
  text(name: string): Promise<string>
}

const inStorage = (kind: 'local' | 'session'): Pair => ({
  plain: () => jwtStrategy({ storage: kind }),
  locked: () => jwtStrategy({ storage: encrypted(kind) }),
  text: async (name) => globalThis[`${kind}Storage`].getItem(`latchkey.jwt.${name}`) ?? '',
})

const pairs: Record<string, Pair> = {
  localStorage: inStorage('local'),
  sessionStorage: inStorage('session'),
  IndexedDB: {
    plain: () => tokenStrategy(),
    locked: () => tokenStrategy({ storage: encrypted('indexedDB') }),
    text: async (name) => String(await look(`latchkey.token.${name}`)),
  },
  'a chain': {
    plain: () => jwtStrategy({ storage: storeChain(['local', 'memory']) }),
    locked: () => jwtStrategy({ storage: encrypted(storeChain(['local', 'memory'])) }),
    text: inStorage('local').text,
  },
  'a store of a chain': {
    plain: () => jwtStrategy({ storage: storeChain(['local', 'memory']) }),
    locked: () => jwtStrategy({ storage: storeChain([encrypted('local'), 'memory']) }),
    text: inStorage('local').text,
  },
}

const TIMES = { refreshTimeoutSeconds: 2, storageTimeoutSeconds: 1 }
const LOCKED = /"iv":/
const CLEAR = /"access_token":/

describe.for(Object.entries(pairs))('what is in clear in %s', ([where, { plain, locked, text }]) => {
  test('is read at the next start, and written encrypted then; nobody is told of more than a sign-in', async () => {
    const { open, signIn, name, spent } = oneApp()
    await signIn(plain())
    expect(await text(name)).toMatch(CLEAR)
    const { sent, latchkey, types } = open(locked())
    expect(await sent()).toBe(bearing(0))
    await expect.poll(() => text(name)).toMatch(LOCKED)
    expect([types(), await everything()]).toEqual([
      ['initial', 'signed-in'],
      expect.not.stringContaining(grant(0).refresh_token),
    ])
    await latchkey.refresh()
    expect([spent, await sent()]).toEqual([[grant(0).refresh_token], bearing(1)])
    latchkey.dispose()
    expect(await open(locked()).sent()).toBe(bearing(1))
  })

  test('is written encrypted by migrate(), and in clear again', async () => {
    const { open, name, spent } = oneApp()
    const { latchkey, sent } = open(plain())
    await latchkey.set(grant(0))
    await latchkey.migrate(locked())
    expect([await text(name), await sent()]).toEqual([expect.stringMatching(LOCKED), bearing(0)])
    await latchkey.migrate(plain())
    expect([await text(name), await sent()]).toEqual([expect.stringMatching(CLEAR), bearing(0)])
    await latchkey.refresh()
    expect([spent.length, await sent()]).toEqual([1, bearing(1)])
  })

  // There the next store takes it.
  if (where !== 'a store of a chain')
    test('stays as it is, and in use, where migrate() can’t encrypt it', async () => {
      const { open, name } = oneApp()
      let isBlocked = false
      const factory: Partial<IDBFactory> = {
        open: (...given) =>
          isBlocked && given[0] === 'latchkey.keys' ? blocked.open(...given) : indexedDB.open(...given),
      }
      const { latchkey, sent } = open(plain(), { indexedDB: factory as IDBFactory })
      await latchkey.set(grant(0))
      const before = await text(name)
      isBlocked = true
      expect(await codeOf(latchkey.migrate(locked()))).toBe('ERR_STORAGE_FAILED')
      expect([await text(name), await sent()]).toEqual([before, bearing(0)])
      latchkey.dispose()
      expect(await open(plain()).sent()).toBe(bearing(0))
    })

  test('comes back with migrateFrom: the same place, in clear again', async () => {
    const { open, signIn, name, spent } = oneApp()
    await signIn(locked())
    const { latchkey, sent } = open(plain(), { migrateFrom: [locked()] })
    expect([await sent(), await text(name)]).toEqual([bearing(0), expect.stringMatching(CLEAR)])
    await latchkey.refresh()
    expect(spent).toEqual([grant(0).refresh_token])
    latchkey.dispose()
    expect([await open(plain()).sent(), await text(name)]).toEqual([bearing(1), expect.stringMatching(CLEAR)])
  })

  test('with the plain one in migrateFrom it is the same, start after start', async () => {
    const { open, signIn, name } = oneApp()
    await signIn(plain())
    for (let starts = 0; starts < 3; starts += 1) {
      const { latchkey, sent } = open(locked(), { migrateFrom: [plain()] })
      expect(await sent()).toBe(bearing(0))
      await expect.poll(() => text(name)).toMatch(LOCKED)
      latchkey.dispose()
    }
  })

  test('without migrateFrom a plain one finds nothing that it can read, and leaves it there', async () => {
    const { open, signIn, name } = oneApp()
    await signIn(locked())
    const { latchkey, events } = open(plain())
    expect((await latchkey.ready()).status).toBe('signed-out')
    await settled()
    expect(events.at(-1)).toMatchObject({ type: 'signed-out', error: { code: 'ERR_STORED_MALFORMED' } })
    expect(await text(name)).toMatch(LOCKED)
  })
})

test('into another strategy, and out of one: encrypted on the way that asks for it', async () => {
  const { open, signIn, name, spent } = oneApp()
  const locked = () => tokenStrategy({ storage: encrypted('indexedDB') })
  await signIn(jwtStrategy({ storage: 'local' }))
  const there = open(locked(), { migrateFrom: [jwtStrategy({ storage: 'local' })] })
  expect([await there.sent(), localStorage.getItem(`latchkey.jwt.${name}`)]).toEqual([bearing(0), null])
  expect(await everything()).not.toContain(grant(0).refresh_token)
  await there.latchkey.refresh()
  there.latchkey.dispose()
  const back = open(jwtStrategy({ storage: 'local' }), { migrateFrom: [locked()] })
  expect([await back.sent(), spent.length]).toEqual([bearing(1), 1])
  expect(localStorage.getItem(`latchkey.jwt.${name}`)).toMatch(CLEAR)
})

describe('while it is written encrypted', () => {
  /** A store that waits before its next write, until it is told to go on. */
  function waiting() {
    const inner = Object.assign(fakeStore(), { name: 'waiting' })
    const make = (storage = inner as Parameters<typeof encrypted>[0]) =>
      tokenStrategy({ storage: storage as never })
    return { inner, plain: () => make(), locked: () => make(encrypted(inner)) }
  }

  test('a sign-out is final, and a sign-in or a refresh stays', async () => {
    for (const act of ['clear', 'set', 'refresh'] as const) {
      const { inner, plain, locked } = waiting()
      const { open, signIn, name } = oneApp()
      await signIn(plain())
      inner.before = () => sleep(30)
      const older = open(plain())
      await older.latchkey.ready()
      const { latchkey } = open(locked())
      await latchkey.ready()
      // Another tab, of the earlier version, at the same moment.
      if (act === 'set') await older.latchkey.set(grant(9))
      else await older.latchkey[act]()
      await sleep(500)
      const left = inner.values.get(`latchkey.token.${name}`)
      const expected = { clear: undefined, set: /number|access_token/, refresh: /access_token/ }[act]
      if (expected) expect([act, left]).toEqual([act, expect.stringMatching(expected)])
      else expect([act, left]).toEqual([act, undefined])
      latchkey.dispose()
      older.latchkey.dispose()
    }
  })

  test('what was replaced meanwhile is not brought back, even where the store still shows it', async () => {
    const { inner, plain } = waiting()
    const { open, signIn, name } = oneApp()
    await signIn(plain())
    const stale = inner.values.get(`latchkey.token.${name}`) ?? ''
    const older = open(plain())
    await older.latchkey.refresh()
    const fresh = inner.values.get(`latchkey.token.${name}`) ?? ''
    older.latchkey.dispose()
    // As localStorage may, for a while, in another process.
    const behind = { ...inner, name: 'behind', read: async () => stale }
    const { latchkey } = open(tokenStrategy({ storage: encrypted(behind) }))
    await latchkey.ready()
    await sleep(300)
    expect(inner.values.get(`latchkey.token.${name}`)).toBe(fresh)
  })
})

describe.for(Object.entries(pairs).filter(([name]) => name !== 'sessionStorage'))(
  'two versions of an app at once, %s',
  ([, { plain, locked, text }]) => {
    test('the older one goes on with what it has until the newer one stores another: then it is signed out', async () => {
      const { open, spent } = oneApp()
      const [older, newer] = [open(plain(), TIMES), open(locked(), TIMES)]
      await older.latchkey.set(grant(0))
      await expect.poll(newer.sent).toBe(bearing(0))
      newer.latchkey.dispose()
      const next = open(locked(), TIMES)
      expect([await next.sent(), await older.sent()]).toEqual([bearing(0), bearing(0)])
      await next.latchkey.refresh()
      await expect.poll(() => older.latchkey.state.status).toBe('signed-out')
      expect([older.latchkey.state.reason, await older.sent()]).toEqual(['other-tab', ''])
      expect(await codeOf(older.latchkey.refresh())).toBe('ERR_SIGNED_OUT')
      expect([spent, await next.sent()]).toEqual([[grant(0).refresh_token], bearing(1)])
    })

    test('the older one that did not hear of it spends nothing twice either', async () => {
      const { open, spent } = oneApp()
      const older = open(plain(), { ...TIMES, channel: () => undefined })
      await older.latchkey.set(grant(0))
      const newer = open(locked(), { ...TIMES, channel: () => undefined })
      expect(await newer.sent()).toBe(bearing(0))
      await newer.latchkey.refresh()
      await codeOf(older.latchkey.refresh())
      expect([spent, older.latchkey.state.status]).toEqual([[grant(0).refresh_token], 'signed-out'])
      expect(await newer.sent()).toBe(bearing(1))
    })

    test('another user’s sign-in in the newer one: the older one never sends the first one’s again', async () => {
      const { open } = oneApp()
      const [older, newer] = [open(plain(), TIMES), open(locked(), TIMES)]
      await older.latchkey.set(grant(0))
      await newer.latchkey.set(grant(5, 'bob'))
      await expect.poll(() => older.latchkey.state.status).toBe('signed-out')
      expect(await older.sent()).not.toContain('Bearer')
      expect(await newer.sent()).toBe(`Bearer ${grant(5, 'bob').access_token}`)
    })

    test('a refresh in the older one is seen by the newer one, which encrypts it at its next start or refresh', async () => {
      const { open, spent, name } = oneApp()
      const older = open(plain())
      await older.latchkey.set(grant(0))
      const newer = open(locked())
      expect(await newer.sent()).toBe(bearing(0))
      await expect.poll(() => text(name)).toMatch(LOCKED)
      await older.latchkey.refresh()
      expect(await text(name)).toMatch(CLEAR)
      await expect.poll(newer.sent).toBe(bearing(1))
      await newer.latchkey.refresh()
      expect([spent, await newer.sent()]).toEqual([
        [grant(0), grant(1)].map((one) => one.refresh_token),
        bearing(2),
      ])
      expect(await text(name)).toMatch(LOCKED)
    })
  },
)
