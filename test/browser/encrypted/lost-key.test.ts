import { describe, expect, test } from 'vitest'
import { encrypted, jwtStrategy, storeChain } from '../../../src/index.js'
import { codeOf, settled } from '../../shared/fixtures/events.js'
import { sleep } from '../../shared/fixtures/faults.js'
import { deleteAll } from '../faults/broken-indexed-db.js'
import { blocked, slowDatabase } from '../once/store-fixtures.js'
import { bearing, grant, kinds, loseKey, oneApp, storedKey } from './fixtures.js'

const local = () => jwtStrategy({ storage: encrypted('local') })

/** What an instance says of a start, and how it is called. */
async function startOf({ latchkey, events }: ReturnType<ReturnType<typeof oneApp>['open']>) {
  const { status } = await latchkey.ready()
  await settled()
  const errors = events.flatMap((event) => ('error' in event && event.error ? [event.error.code] : []))
  return [status, ...errors]
}

describe.for(Object.entries(kinds))('%s, whose key is gone', ([, { strategy, text }]) => {
  test('is a signed-out start that says so once; nothing is erased, and the next sign-in works', async () => {
    const { open, signIn, name } = oneApp()
    await signIn(strategy())
    const before = await text(name)
    await loseKey()
    expect(await startOf(open(strategy()))).toEqual(['signed-out', 'ERR_STORED_MALFORMED'])
    expect([await text(name), await storedKey()]).toEqual([before, undefined])
    const next = open(strategy())
    await next.latchkey.set(grant(1))
    next.latchkey.dispose()
    const { sent, latchkey } = open(strategy())
    expect([await sent(), latchkey.state.storage.error]).toEqual([bearing(1), undefined])
  })
})

const forgetDatabases = async () => {
  await deleteAll()
  await loseKey()
}
const forgetAll = () => {
  localStorage.clear()
  return forgetDatabases()
}

describe('site data that is deleted while a page is open', () => {
  test.for([
    ['all of it', forgetAll],
    ['IndexedDB alone', forgetDatabases],
    ['the key alone', loseKey],
  ] as const)('%s: what the page stores next is found by the one after it', async ([, forget]) => {
    const { open, signIn, spent } = oneApp()
    await signIn(local())
    const { latchkey, sent } = open(local())
    expect(await sent()).toBe(bearing(0))
    await forget()
    await latchkey.refresh()
    expect([spent.length, await sent()]).toEqual([1, bearing(1)])
    latchkey.dispose()
    expect(await open(local()).sent()).toBe(bearing(1))
  })

  test('two tabs, of which each stores something then: the last is found, whoever it is', async () => {
    const { open } = oneApp()
    const [one, other] = [open(local()), open(local())]
    await one.latchkey.set(grant(0))
    await loseKey()
    await Promise.all([one.latchkey.set(grant(1)), other.latchkey.set(grant(2))])
    expect([bearing(1), bearing(2)]).toContain(await open(local()).sent())
  })
})

/** IndexedDB that does not answer, besides what is said of it by the name. */
const silent = { open: () => new EventTarget() as IDBOpenDBRequest } as Partial<IDBFactory> as IDBFactory

describe.for([
  ['is blocked', blocked],
  ['never answers', silent],
] as const)('where IndexedDB %s for now', ([, indexedDB]) => {
  const times = { storageTimeoutSeconds: 0.5, refreshTimeoutSeconds: 1 }

  test('the start is a signed-out one in its time, nothing is erased, and the next one finds it again', async () => {
    const { open, signIn, name } = oneApp()
    await signIn(local())
    const before = localStorage.getItem(`latchkey.jwt.${name}`)
    const start = performance.now()
    const broken = open(local(), { indexedDB, ...times })
    expect(await startOf(broken)).toEqual(['signed-out', 'ERR_STORAGE_FAILED'])
    expect(await codeOf(broken.latchkey.set(grant(5)))).toBe('ERR_STORAGE_FAILED')
    expect(performance.now() - start).toBeLessThan(5000)
    expect(localStorage.getItem(`latchkey.jwt.${name}`)).toBe(before)
    broken.latchkey.dispose()
    expect(await open(local()).sent()).toBe(bearing(0))
  })

  test('what is in clear is in use all the same, and stays as it is: alone, in a chain, and around one', async () => {
    const all = [
      local,
      () => jwtStrategy({ storage: storeChain([encrypted('local'), 'memory']) }),
      () => jwtStrategy({ storage: encrypted(storeChain(['local', 'memory'])) }),
    ]
    const begun = all.map(async (locked) => {
      const { open, signIn, name } = oneApp()
      await signIn(jwtStrategy({ storage: 'local' }))
      const now = () => localStorage.getItem(`latchkey.jwt.${name}`)
      const before = now()
      const { sent, latchkey } = open(locked(), { indexedDB, ...times })
      expect(await sent()).toBe(bearing(0))
      return () => expect([now(), latchkey.state.status]).toEqual([before, 'signed-in'])
    })
    const looks = await Promise.all(begun)
    await sleep(2500)
    for (const look of looks) look()
  })
})

test('a page that is open goes on with what is in memory, and what it can’t encrypt is not in clear', async () => {
  const { open } = oneApp()
  let isBlocked = false
  const open_: IDBFactory['open'] = (...given) => (isBlocked ? blocked : indexedDB).open(...given)
  const factory = { open: open_ } as Partial<IDBFactory> as IDBFactory
  const { latchkey, sent, types } = open(local(), { indexedDB: factory })
  await latchkey.set(grant(0))
  isBlocked = true
  await latchkey.refresh()
  expect([await sent(), latchkey.state.storage.name]).toEqual([bearing(1), 'memory'])
  expect(types()).toContain('storage-fallback')
  expect(JSON.stringify({ ...localStorage })).not.toContain('c4n4ry')
})

test('where IndexedDB is slow, a key that comes too late is not waited for, and is no lost one', async () => {
  const { open, signIn } = oneApp()
  await signIn(local())
  const { fault, indexedDB } = slowDatabase()
  fault.ms = 1500
  const slow = open(local(), { indexedDB, storageTimeoutSeconds: 0.5 })
  expect(await startOf(slow)).toEqual(['signed-out', 'ERR_STORAGE_FAILED'])
  slow.latchkey.dispose()
  expect(await open(local()).sent()).toBe(bearing(0))
})

test('where IndexedDB takes half of the time to open, a refresh is stored, and found by the next start', async () => {
  const { open, signIn } = oneApp()
  await signIn(local())
  const { fault, indexedDB } = slowDatabase()
  const slow = open(local(), { indexedDB, storageTimeoutSeconds: 4 })
  expect(await slow.sent()).toBe(bearing(0))
  fault.ms = 2000
  await slow.latchkey.refresh()
  expect([slow.latchkey.state.storage.name, await slow.sent()]).toEqual(['localStorage', bearing(1)])
  slow.latchkey.dispose()
  expect(await open(local()).sent()).toBe(bearing(1))
}, 60_000)
