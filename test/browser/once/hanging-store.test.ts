import { expect, test } from 'vitest'
import { sleep } from '../../shared/fixtures/faults.js'
import { grant, oneKey } from '../tabs-fixtures.js'
import { keptIn, namedStore, resume } from './store-fixtures.js'

/** Another page is in the ledger for so long. */
async function occupy(ms: number): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve) => {
    const asked = indexedDB.open('latchkey.generations')
    asked.onsuccess = () => resolve(asked.result)
  })
  const records = database.transaction('generations', 'readwrite').objectStore('generations')
  const end = performance.now() + ms
  const stay = () => {
    if (performance.now() < end) records.get('').onsuccess = stay
  }
  stay()
  database.close()
}

test('after the ledger has hung a slow store has its whole time: what is renewed is stored', async () => {
  const store = namedStore('slow')
  const { open, server } = oneKey({ storageTimeoutSeconds: 2 })
  const { latchkey, types } = await open({ strategy: keptIn(store) })
  await latchkey.set(grant(0))
  store.before = () => sleep(300)
  await occupy(2600)
  resume()
  await sleep(2700)
  await latchkey.refresh()
  expect([server.spent, types()]).toEqual([['rt-0'], ['initial', 'signed-in', 'refreshed']])
  expect(latchkey.state.storage).toMatchObject({ name: 'slow', error: undefined })
  expect([...store.values.values()].join()).toContain('rt-1')
})
