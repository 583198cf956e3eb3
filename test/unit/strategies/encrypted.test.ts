import { afterEach, expect, test, vi } from 'vitest'
import { encrypted, jwtStrategy, storeChain } from '../../../src/index.js'
import { fakeStore } from '../../shared/fixtures/faults.js'

afterEach(() => vi.unstubAllGlobals())

test.for<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['a name that is none', 'cookie'],
  ['a name of another kind', 'localStorage'],
  ['a name that every object has', 'constructor'],
  ['a list of names', ['local']],
  ['an object without read', {}],
  ['the browser’s own storage', localStorage],
  ['a number', 5],
])('encrypted refuses %s', ([, store]) => {
  expect(() => encrypted(store as never)).toThrow(TypeError)
  expect(() => encrypted(store as never)).toThrow(/^"store" must be a store, or 'indexedDB'/)
})

test.for<[string, unknown]>([
  ['no Web Cryptography', undefined],
  ['none on plain http', {}],
])('encrypted says at once that there is %s', ([, crypto]) => {
  vi.stubGlobal('crypto', crypto)
  expect(() => encrypted('local')).toThrow(/^"encrypted" must be used in a secure context/)
})

test('a strategy and a chain take it, and say what the store within says of itself', () => {
  const own = Object.assign(fakeStore(), { name: 'own', persistent: true, perTab: true })
  const { capabilities, storage } = jwtStrategy({ storage: encrypted(own) })
  expect([storage, capabilities.persistent, capabilities.perTab]).toEqual(['own', true, true])
  expect(storeChain([encrypted('local'), 'memory']).name).toBe('localStorage')
  expect(() => storeChain([encrypted('session'), 'local'])).toThrow(
    /^"stores" must have those of one tab last/,
  )
})

test('nothing is asked of a key where there is nothing to open or to erase', async () => {
  const at = { key: 'k', signal: new AbortController().signal }
  const indexedDB = { open: () => expect.unreachable('it was opened') } as Partial<IDBFactory> as IDBFactory
  const store = encrypted(fakeStore())
  expect(await store.read({ ...at, indexedDB })).toBe(undefined)
  await store.erase({ ...at, indexedDB })
})
