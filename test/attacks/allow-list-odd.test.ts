import { expect, test } from 'vitest'
import { targets } from './fixtures/entries.js'
import { belongs } from './fixtures/judge.js'
import { letThrough } from './fixtures/native.js'
import { reached } from './fixtures/reached.js'
import { API } from './fixtures/url-tables.js'
import { tally } from './tally.js'

const kind = 'allow-list'
const OTHER = 'https://other.example'
const MOST = 'https:/'
const addresses = [`${API}/me`, `${OTHER}/me`, ...targets]

const thrower = {
  toString() {
    throw new Error('no text')
  },
}

const noTexts: Record<string, unknown> = {
  undefined: undefined,
  null: null,
  zero: 0,
  'not a number': Number.NaN,
  true: true,
  'a BigInt': 1n,
  'a symbol': Symbol(API),
  'an object': {},
  'an empty list': [],
  'a list in the list': [API],
  'a String': new String(API),
  'a URL': new URL(API),
  'a Location': location,
  'what has a toString': { toString: () => API },
  'what has a toPrimitive': { [Symbol.toPrimitive]: () => API },
  'what throws in toString': thrower,
  'what has no prototype': Object.create(null),
  'a function': () => API,
  'a pattern': /^https:/,
  'a proxy': new Proxy({}, { get: () => () => API }),
}

const noLists: Record<string, unknown> = {
  ...noTexts,
  'a list in the list': [[API]],
  'a text': API,
  self: 'self',
  'a set': new Set([API]),
  'what looks like a list': { 0: API, length: 1 },
  'what is iterable': { [Symbol.iterator]: () => [API].values() },
  'an object on a list': Object.create([API]),
  'a typed array': new Uint8Array(1),
}

test.for(Object.entries(noTexts))('%s is no entry', async ([, entry], context) => {
  const attacked = tally(context, kind)
  for (const list of [[entry], [API, entry], [entry, API]]) {
    const urls = await reached(list, addresses)
    attacked({ leaked: (urls ?? []).length > 0, nativeWouldLeak: false })
    expect(urls).toBeUndefined()
  }
})

test.for(Object.entries(noLists))('%s is no list', async ([, list], context) => {
  const attacked = tally(context, kind)
  const urls = await reached(list, addresses)
  attacked({ leaked: (urls ?? []).length > 0, nativeWouldLeak: false })
  expect(urls).toBeUndefined()
})

test('a hole in the list is no entry, and nothing on a prototype fills it', async (context) => {
  const attacked = tally(context, kind)
  const wrong: unknown[] = []
  for (const prototype of [Object.prototype, Array.prototype]) {
    for (const entry of [MOST, OTHER, API, 'self']) {
      // biome-ignore lint/suspicious/noSparseArray: it is what is tried
      const lists = [[, API], [API, , OTHER], [API, ,], new Array(1)]
      for (const list of lists) {
        const holes = [...list.keys()].filter((index) => !(index in list))
        for (const index of holes)
          Object.defineProperty(prototype, index, { value: entry, configurable: true, writable: true })
        const native = (letThrough([...list], addresses) ?? []).filter((url) => !belongs(url, [API]))
        const urls = await reached(list, addresses).finally(() => {
          for (const index of holes) Reflect.deleteProperty(prototype, index)
        })
        attacked({ leaked: (urls ?? []).length > 0, nativeWouldLeak: native.length > 0 })
        if (urls !== undefined) wrong.push([entry, list.length, urls])
      }
    }
  }
  expect(wrong).toEqual([])
})
