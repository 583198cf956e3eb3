import { expect, test } from 'vitest'
import { jwtStrategy, memoryStrategy, storeChain, tokenStrategy } from '../../../src/index.js'
import { codeOf } from '../../shared/fixtures/events.js'
import { grant, oneKey, openTabs } from '../tabs-fixtures.js'
import { keptIn, namedStore } from './store-fixtures.js'

const local = () => jwtStrategy({ storage: 'local' })

test('what moves to a store of one tab is not spent by the older version that is open beside it', async () => {
  const { open, server } = oneKey()
  const older = await open({ strategy: local() })
  await older.latchkey.set(grant(0))
  const { latchkey } = await open({ strategy: jwtStrategy({ storage: 'session' }), migrateFrom: [local()] })
  await latchkey.refresh()
  await codeOf(older.latchkey.refresh())
  expect([server.spent, latchkey.state.status]).toEqual([['rt-0'], 'signed-in'])
  expect(older.latchkey.state).toMatchObject({ status: 'signed-out', reason: 'other-tab' })
})

test('of two tabs that start at once, one takes it', async () => {
  const { open, server } = oneKey()
  const before = await open({ strategy: local() })
  await before.latchkey.set(grant(0))
  before.latchkey.dispose()
  const next = () => open({ strategy: keptIn(namedStore('tab', true)), migrateFrom: [local()] })
  const tabs = await Promise.all([next(), next()])
  await Promise.all(tabs.map(({ latchkey }) => codeOf(latchkey.refresh())))
  expect(tabs.map(({ latchkey }) => latchkey.state.status).sort()).toEqual(['signed-in', 'signed-out'])
  expect(server.spent).toEqual(['rt-0'])
})

test('migrate() to a store of one tab takes it from the others', async () => {
  const { server, tabs } = await openTabs(2)
  const [one, other] = tabs.map(({ latchkey }) => latchkey)
  if (!one || !other) throw new Error('too few tabs')
  await one.migrate(memoryStrategy())
  await one.refresh()
  await codeOf(other.refresh())
  await one.refresh()
  expect([server.spent, one.state.status]).toEqual([['rt-0', 'rt-1'], 'signed-in'])
  expect(other.state).toMatchObject({ status: 'signed-out', reason: 'other-tab' })
})

/** A chain that ends in a store of one tab, where the first tab's refresh had to go. */
async function fallenBack() {
  const [shared, tab] = [namedStore('shared'), namedStore('tab', true)]
  const full = {
    ...shared,
    write: async () => {
      throw new Error('full')
    },
  }
  const { open } = oneKey()
  const strategy = (store = shared, ofTab = namedStore('tab', true)) =>
    tokenStrategy({ storage: storeChain([store, ofTab]) })
  const first = await open({ strategy: strategy() })
  await first.latchkey.set(grant(0))
  const other = await open({ strategy: strategy() })
  first.latchkey.dispose()
  const start = () => open({ strategy: strategy(full, tab) })
  const { latchkey } = await start()
  await latchkey.refresh()
  expect([latchkey.state.storage.name, shared.values.size, tab.values.size]).toEqual(['tab', 0, 1])
  return { latchkey, other, tab, start }
}

test('clear() in another tab reaches what has fallen back to a store of one tab', async () => {
  const { latchkey, other, tab } = await fallenBack()
  await other.latchkey.clear()
  await expect.poll(() => latchkey.state.reason).toBe('other-tab')
  await expect.poll(() => tab.values.size).toBe(0)
})

test('a tab that was discarded before such a clear() does not sign in again when it is reloaded', async () => {
  const { latchkey, other, tab, start } = await fallenBack()
  latchkey.dispose()
  await other.latchkey.clear()
  expect((await start()).latchkey.state.status).toBe('signed-out')
  expect(tab.values.size).toBe(0)
})
