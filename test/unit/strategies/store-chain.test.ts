import { describe, expect, test } from 'vitest'
import {
  bearer,
  defineStrategy,
  jwtStrategy,
  sessionStrategy,
  storeChain,
  tokenStrategy,
} from '../../../src/index.js'
import { fakeStore } from '../../shared/fixtures/faults.js'

const perTab = () => Object.assign(fakeStore(), { perTab: true })

describe('storeChain', () => {
  test.for<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a name alone', 'local'],
    ['a store alone', fakeStore()],
    ['an empty list', []],
    ['a name that is none', ['local', 'cookie']],
    ['a name of another kind', ['localStorage']],
    ['a name that every object has', ['constructor']],
    ['a hole', [undefined]],
    ['null in it', ['local', null]],
    ['an object without read', [{}]],
    ['the browser’s own storage', [localStorage]],
    ['a list in it', [['local']]],
    ['a number', [5]],
  ])('refuses %s', ([, stores]) => {
    expect(() => storeChain(stores as never)).toThrow(TypeError)
    expect(() => storeChain(stores as never)).toThrow(/^"stores" must /)
  })

  test.for<[string, unknown[]]>([
    ['session before local', ['session', 'local']],
    ['memory before IndexedDB', ['memory', 'indexedDB']],
    ['memory in between', ['indexedDB', 'memory', 'local']],
    ['one’s own of one tab before one of all', [perTab(), fakeStore()]],
  ])('refuses %s: what one tab alone has would hide what all have', ([, stores]) => {
    expect(() => storeChain(stores as never)).toThrow(/^"stores" must /)
  })

  test.for<[string, Parameters<typeof storeChain>[0]]>([
    ['one name', ['memory']],
    ['all names', ['indexedDB', 'local', 'session', 'memory']],
    ['those of all tabs in any order', ['local', 'indexedDB', 'memory']],
    ['those of one tab in any order', ['local', 'memory', 'session']],
    ['stores of one’s own', [fakeStore(), 'local', perTab(), 'memory']],
  ])('takes %s', ([, stores]) => {
    expect(storeChain(stores).name).toEqual(expect.any(String))
  })

  test('copies the list, which is the caller’s', async () => {
    const mine = fakeStore()
    const stores = [mine]
    const chain = storeChain(stores)
    stores.length = 0
    const at = { key: 'k', signal: new AbortController().signal }
    await chain.write(at, 'value')
    expect(mine.values.get('k')).toBe('value')
  })

  test('is as persistent, and as much of one tab, as the first store', () => {
    const { persistent, perTab } = storeChain(['local', 'session'])
    expect([persistent, Boolean(perTab)]).toEqual([true, false])
    const ofTab = storeChain(['session', 'memory'])
    expect([ofTab.persistent, ofTab.perTab]).toEqual([false, true])
  })

  test('a store that swallows what is written is passed over, since what it keeps is read back', async () => {
    const [silent, next] = [Object.assign(fakeStore(), { write: async () => {} }), fakeStore()]
    const at = { key: 'k', signal: new AbortController().signal }
    await storeChain([silent, next]).write(at, 'value')
    expect(next.values.get('k')).toBe('value')
  })
})

describe('a strategy’s storage', () => {
  test('takes a chain', () => {
    const storage = storeChain(['local', 'memory'])
    expect(jwtStrategy({ storage }).capabilities.persistent).toBe(true)
    expect(tokenStrategy({ storage }).capabilities.persistent).toBe(true)
    expect(sessionStrategy({ storage }).capabilities.persistent).toBe(true)
    const own = defineStrategy({ name: 'own', store: storage, placement: bearer() })
    expect(own.capabilities.persistent).toBe(true)
  })

  test.for<[string, unknown]>([
    ['null', null],
    ['an empty object', {}],
    ['a list of names', ['local']],
    ['the browser’s own storage', localStorage],
    ['a number', 5],
  ])('refuses %s', ([, storage]) => {
    for (const make of [jwtStrategy, tokenStrategy, sessionStrategy])
      expect(() => make({ storage } as never)).toThrow(/^"storage" must /)
  })
})
