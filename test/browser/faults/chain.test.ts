import { afterEach, beforeEach, expect, test } from 'vitest'
import { codeOf, settled } from '../../shared/fixtures/events.js'
import { sleep } from '../../shared/fixtures/faults.js'
import { ownName } from '../fixtures.js'
import * as database from './broken-indexed-db.js'
import { ALL, chained, resting } from './chain.js'
import { tidyUp } from './places.js'

beforeEach(tidyUp)
afterEach(tidyUp)

/** What becomes of `act` while there is no IndexedDB. */
async function without<R>(act: () => Promise<R>): Promise<R> {
  const over = database.missing()
  return act().finally(over)
}

test('a store that answers late does not overwrite what was stored elsewhere meanwhile', {
  timeout: 30_000,
}, async () => {
  const name = ownName()
  const over = database.late(1500)
  try {
    const { latchkey } = chained(name, ALL, { storageTimeoutSeconds: 2 })
    await latchkey.set({ access_token: 'first' })
    await latchkey.set({ access_token: 'second' })
    expect(latchkey.state.storage).toMatchObject({ name: 'localStorage' })
  } finally {
    over()
  }
  await sleep(2500)
  expect(await resting(name)).toEqual({ localStorage: 'second' })
  expect(await chained(name).sent()).toBe('Bearer second')
})

test('a store that works once more is used again, and its older value never wins', async () => {
  const name = ownName()
  const { latchkey } = chained(name)
  await latchkey.set({ access_token: 'older' })
  await without(() => latchkey.set({ access_token: 'newer' }))
  expect(await resting(name)).toEqual({ indexedDB: 'older', localStorage: 'newer' })
  const again = chained(name)
  expect(await again.sent()).toBe('Bearer newer')
  expect(again.latchkey.state.storage).toMatchObject({ name: 'localStorage', persistent: true })
  await again.latchkey.refresh()
  expect(await resting(name)).toEqual({ indexedDB: 'renewed' })
  expect(again.latchkey.state.storage).toMatchObject({ name: 'indexedDB' })
  expect(again.latchkey.state.storage.error).toBeUndefined()
})

test('the older value does not win either where the clock was set back meanwhile', async () => {
  const name = ownName()
  const { latchkey } = chained(name)
  await latchkey.set({ access_token: 'older' })
  const now = () => Date.now() - 86_400_000
  await without(async () => {
    const page = chained(name, ALL, { now })
    await page.latchkey.ready()
    await latchkey.set({ access_token: 'newer' })
  })
  expect(await chained(name, ALL, { now }).sent()).toBe('Bearer newer')
})

test.for(['local', 'session'] as const)(
  'a credential that is in the store %s of a longer chain is found',
  async (store) => {
    const name = ownName()
    await chained(name, [store]).latchkey.set({ access_token: 'found' })
    const { latchkey, events, sent } = chained(name)
    expect(await sent()).toBe('Bearer found')
    expect(latchkey.state).toMatchObject({
      persistent: store === 'local',
      storage: { name: `${store}Storage`, persistent: store === 'local' },
    })
    await latchkey.set({ access_token: 'next' })
    expect(await resting(name)).toEqual({ indexedDB: 'next' })
    await settled()
    expect(events.filter(({ type }) => type === 'user-changed')).toEqual([])
  },
)

test('clear empties all stores', async () => {
  const name = ownName()
  for (const store of ['session', 'local', 'indexedDB'] as const)
    await chained(name, [store]).latchkey.set({ access_token: store })
  expect(Object.keys(await resting(name))).toHaveLength(3)
  await chained(name).latchkey.clear()
  expect(await resting(name)).toEqual({})
})

test('a sign-out that cannot reach one of the stores says so: the credential may still be there', async () => {
  const name = ownName()
  const { latchkey } = chained(name)
  await latchkey.set({ access_token: 'old' })
  const over = database.untouchable()
  const code = await codeOf(latchkey.clear()).finally(over)
  expect([code, latchkey.state.status]).toEqual(['ERR_STORAGE_FAILED', 'signed-out'])
  expect(await resting(name)).toEqual({ indexedDB: 'old' })
  await latchkey.clear()
  expect(await resting(name)).toEqual({})
})

test('where there is no IndexedDB nothing can be left in it, so signing out is no failure', async () => {
  const name = ownName()
  await without(async () => {
    const { latchkey } = chained(name)
    await latchkey.set({ access_token: 'a' })
    await latchkey.clear()
  })
  expect(await resting(name)).toEqual({})
})

test('one event tells of each change of place, and none of staying there', async () => {
  const { latchkey, events } = chained(ownName())
  const fallbacks = async () => {
    await settled()
    return events.filter(({ type }) => type === 'storage-fallback').length
  }
  await latchkey.set({ access_token: 'in IndexedDB' })
  expect(await fallbacks()).toBe(0)
  await without(async () => {
    await latchkey.set({ access_token: 'elsewhere' })
    expect(await fallbacks()).toBe(1)
    await latchkey.set({ access_token: 'there again' })
    await latchkey.refresh()
    expect(await fallbacks()).toBe(1)
  })
  await latchkey.set({ access_token: 'back' })
  expect([await fallbacks(), latchkey.state.storage.name]).toEqual([1, 'indexedDB'])
  await without(() => latchkey.set({ access_token: 'elsewhere once more' }))
  expect(await fallbacks()).toBe(2)
})

test('junk in one store does not hide the credential in another', async () => {
  const name = ownName()
  await chained(name, ['local']).latchkey.set({ access_token: 'good' })
  // Makes the database.
  await chained(ownName(), ['indexedDB']).latchkey.set({ access_token: 'any' })
  await database.put(`latchkey.token.${name}`, '{')
  expect(await chained(name).sent()).toBe('Bearer good')
})

test('without a chain a broken store is an error of set, and nothing changes', async () => {
  const name = ownName()
  const { latchkey, events, sent } = chained(name, ['indexedDB'])
  await latchkey.set({ access_token: 'old' })
  await expect(without(() => latchkey.set({ access_token: 'new' }))).rejects.toMatchObject({
    code: 'ERR_STORAGE_FAILED',
  })
  expect([await sent(), await resting(name)]).toEqual(['Bearer old', { indexedDB: 'old' }])
  await settled()
  expect(events.some(({ type }) => type === 'storage-fallback')).toBe(false)
})
