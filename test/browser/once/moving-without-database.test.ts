import { expect, test } from 'vitest'
import { grant, oneKey } from '../tabs-fixtures.js'
import { blocked, keptIn, namedStore, resume } from './store-fixtures.js'

/** Two tabs that found what an earlier version had stored. */
async function moved() {
  const [from, to] = [namedStore('from'), namedStore('to')]
  const { open } = oneKey({ indexedDB: blocked })
  const before = await open({ strategy: keptIn(from) })
  await before.latchkey.set(grant(0))
  before.latchkey.dispose()
  const next = () => open({ strategy: keptIn(to), migrateFrom: [keptIn(from)] })
  const [{ latchkey: one }, { latchkey: other }] = [await next(), await next()]
  expect([one.state.status, other.state.status]).toEqual(['signed-in', 'signed-in'])
  return { one, other, to }
}

test('without IndexedDB, what was moved at the start is cleared by another tab’s clear()', async () => {
  const { one, other } = await moved()
  await other.clear()
  await expect.poll(() => one.state.reason).toBe('other-tab')
})

test('without IndexedDB, what was moved at the start and is missing now was cleared', async () => {
  const { one, to } = await moved()
  to.values.clear()
  resume()
  await expect.poll(() => one.state.reason).toBe('other-tab')
})
