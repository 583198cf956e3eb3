import { expect, test } from 'vitest'
import { type SessionResponse, sessionStrategy, tokenStrategy } from '../../../src/index.js'
import { codeOf, settled } from '../../shared/fixtures/events.js'
import { deferred, sleep } from '../../shared/fixtures/faults.js'
import { grant, oneKey } from '../tabs-fixtures.js'
import { blocked, keptIn, namedStore } from './store-fixtures.js'

/** Lets a store say when a write begins, and end it when it is told to. */
function writingUntilTold(store: ReturnType<typeof namedStore>) {
  const [begun, ready] = [deferred(), deferred()]
  store.before = async (operation) => {
    if (operation !== 'write') return
    begun.resolve()
    await ready.promise
  }
  return { begun, ready }
}

test('clear() while migrate() runs is final', async () => {
  const [from, to] = [namedStore('from'), namedStore('to')]
  const { latchkey } = await oneKey().open({ strategy: keptIn(from) })
  await latchkey.set(grant(0))
  const { begun, ready } = writingUntilTold(to)
  const migrating = codeOf(latchkey.migrate(keptIn(to)))
  await begun.promise
  const cleared = latchkey.clear()
  ready.resolve()
  expect(await migrating).toBe('ERR_SIGNED_OUT')
  await cleared
  await settled()
  expect(latchkey.state).toMatchObject({ status: 'signed-out', reason: 'cleared' })
  expect([from.values.size, to.values.size]).toEqual([0, 0])
  // And so is the strategy: what migrate() rejects with has changed nothing.
  await latchkey.set(grant(1))
  expect([from.values.size, to.values.size, latchkey.state.strategy]).toEqual([1, 0, 'from'])
})

test('set() while migrate() runs is judged by the strategy that stores it', async () => {
  const store = namedStore('sessions')
  const { latchkey } = await oneKey().open({ strategy: tokenStrategy() })
  const begun = deferred()
  store.before = () => {
    begun.resolve()
    return sleep(20)
  }
  const migrating = latchkey.migrate(sessionStrategy({ storage: store }) as never)
  await begun.promise
  const setting = codeOf(latchkey.set({ access_token: 'no session has one' }))
  await migrating
  expect([await setting, store.values.size]).toEqual(['ERR_CREDENTIAL_MALFORMED', 0])
  await latchkey.set({ expires_in: 60 } satisfies SessionResponse as never)
  expect(latchkey.state.status).toBe('signed-in')
})

test('what an older version renews while it is moved is not erased', async () => {
  const [from, to] = [namedStore('from'), namedStore('to')]
  const { open } = oneKey({ indexedDB: blocked })
  const older = await open({ strategy: keptIn(from) })
  await older.latchkey.set(grant(0))
  let isFirst = true
  to.before = async (operation) => {
    if (operation !== 'write' || !isFirst) return
    isFirst = false
    await older.latchkey.refresh()
  }
  const newer = await open({ strategy: keptIn(to), migrateFrom: [keptIn(from)], storageTimeoutSeconds: 2 })
  expect(newer.latchkey.state.status).toBe('signed-in')
  expect([...from.values.values(), ...to.values.values()].join()).toContain('rt-1')
})

test.for([
  ['writes nothing', ['write']],
  ['writes and erases nothing', ['write', 'erase']],
] as const)('migrate() moves what is in memory alone, since its store %s', async ([, broken]) => {
  const [from, to] = [namedStore('from'), namedStore('to')]
  const { open, server } = oneKey()
  const { latchkey } = await open({ strategy: keptIn(from) })
  await latchkey.set(grant(0))
  from.before = (operation) => {
    if (broken.some((one) => one === operation)) throw new Error('broken')
  }
  await latchkey.refresh()
  expect(latchkey.state.storage.name).toBe('memory')
  await latchkey.migrate(keptIn(to))
  expect(latchkey.state).toMatchObject({ strategy: 'to', storage: { name: 'to' } })
  expect([...to.values.values()].join()).toContain('rt-1')
  await latchkey.refresh()
  expect(server.spent).toEqual(['rt-0', 'rt-1'])
})

test('dispose() while migrate() runs leaves the credential where it is', async () => {
  const [from, to] = [namedStore('from'), namedStore('to')]
  const { open } = oneKey()
  const { latchkey } = await open({ strategy: keptIn(from) })
  await latchkey.set(grant(0))
  const { begun, ready } = writingUntilTold(to)
  const migrating = codeOf(latchkey.migrate(keptIn(to)))
  await begun.promise
  latchkey.dispose()
  ready.resolve()
  expect(await migrating).toBe('ERR_DISPOSED')
  to.before = () => {}
  const next = await open({ strategy: keptIn(to), migrateFrom: [keptIn(from)] })
  expect(next.latchkey.state.status).toBe('signed-in')
})
