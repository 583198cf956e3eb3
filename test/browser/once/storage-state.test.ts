import { expect, onTestFinished, test } from 'vitest'
import { storeChain, tokenStrategy } from '../../../src/index.js'
import { settled } from '../../shared/fixtures/events.js'
import { make } from '../fault-fixtures.js'
import { grant, ME, oneKey } from '../tabs-fixtures.js'
import { blocked, namedStore } from './store-fixtures.js'

test('what a store says of the value in its error does not get into the state', async () => {
  const talking = {
    ...namedStore('talking'),
    write: async (_: unknown, value: string) => {
      throw new Error(`can't write ${value}`)
    },
  }
  const strategy = tokenStrategy({ storage: storeChain([talking, 'local']) })
  const { latchkey, events } = await oneKey().open({ strategy })
  await latchkey.set({ access_token: 'secret' })
  await expect.poll(() => events.map(({ type }) => type)).toContain('storage-fallback')
  const { error } = latchkey.state.storage
  expect([error?.code, error?.cause]).toEqual(['ERR_STORAGE_FAILED', undefined])
  expect(JSON.stringify(events)).not.toContain('secret')
})

test('what the state says of the place can’t be changed from outside', async () => {
  const { latchkey } = await oneKey().open()
  expect(latchkey.state.storage).toSatisfy(Object.isFrozen)
  await latchkey.set(grant(0))
  expect(latchkey.state.storage).toSatisfy(Object.isFrozen)
})

test('an error that every object inherits is none of the place’s', async () => {
  Object.defineProperty(Object.prototype, 'error', { value: 'inherited', configurable: true, writable: true })
  onTestFinished(() => void Reflect.deleteProperty(Object.prototype, 'error'))
  const { latchkey, types } = make({ strategy: tokenStrategy() })
  await latchkey.ready()
  await latchkey.set({ access_token: 'a' })
  await settled()
  const [error, told] = [latchkey.state.storage.error, types()]
  Reflect.deleteProperty(Object.prototype, 'error')
  await latchkey.clear()
  expect([error, told]).toEqual([undefined, ['initial', 'signed-out', 'signed-in']])
})

test('without IndexedDB the first sign-in’s requests have the cache mode they had, too', async () => {
  const modes: RequestCache[] = []
  const fetch = async ({ cache }: Request) => new Response(`${modes.push(cache)}`)
  const { latchkey } = await oneKey({ indexedDB: blocked, fetch }).open()
  await latchkey.set(grant(0))
  await latchkey.fetch(ME)
  expect(modes).toEqual(['default'])
})
