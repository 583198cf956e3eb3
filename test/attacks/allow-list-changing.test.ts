import { expect, test } from 'vitest'
import { targets } from './fixtures/entries.js'
import { belongs } from './fixtures/judge.js'
import { ALL, letThrough } from './fixtures/native.js'
import { reached } from './fixtures/reached.js'
import { API } from './fixtures/url-tables.js'
import { tally } from './tally.js'

const kind = 'allow-list'
const OTHER = 'https://other.example'
const addresses = [`${API}/me`, `${OTHER}/me`, ...targets]

type Answers = readonly [first: string, then: string]

function turning([first, then]: Answers): () => string {
  let turn = 0
  return () => (turn++ ? then : first)
}

/** Those that one entry does not let through, of what was. */
const strayed = (urls: string[] | undefined) => (urls ?? []).filter((url) => !belongs(url, [API]))

const lists: Record<string, (answers: Answers) => string[]> = {
  'a getter': (answers) => Object.defineProperty([''], 0, { get: turning(answers), enumerable: true }),
  'a proxy': (answers) => {
    const get = turning(answers)
    return new Proxy([''], { get: (list, key) => (key === '0' ? get() : Reflect.get(list, key)) })
  },
}

const pairs: Answers[] = [
  ...[ALL, OTHER, '', 'self', 'null'].map((then): Answers => [API, then]),
  ...[ALL, '', 'https://*'].map((first): Answers => [first, API]),
]

test.for(Object.entries(lists))(
  '%s that answers otherwise the next time is asked once',
  async ([, make], context) => {
    const attacked = tally(context, kind)
    const wrong: unknown[] = []
    for (const pair of pairs) {
      const urls = await reached(make(pair), addresses)
      const [strays, native] = [strayed(urls), strayed(letThrough(make(pair), addresses))]
      attacked({ leaked: strays.length > 0, nativeWouldLeak: native.length > 0 })
      if (strays.length > 0 || (urls !== undefined) !== (pair[0] === API)) wrong.push([pair, strays])
    }
    expect(wrong).toEqual([])
  },
)

const changes: Record<string, (list: string[]) => unknown> = {
  'gets one more': (list) => list.push(OTHER),
  'gets another one': (list) => list.splice(0, 1, OTHER),
  'gets what is no origin': (list) => list.fill(ALL),
  'gets a getter': (list) => Object.defineProperty(list, 0, { get: () => ALL }),
  'gets a method': (list) => Object.assign(list, { some: () => true, includes: () => true }),
}

test.for(Object.entries(changes))(
  'a list that %s afterwards has been read before',
  async ([, change], context) => {
    const attacked = tally(context, kind)
    const list = [API]
    const urls = await reached(list, addresses, () => change(list))
    const theirs = [API]
    const native = strayed(letThrough(theirs, addresses, () => change(theirs)))
    const strays = strayed(urls)
    attacked({ leaked: strays.length > 0, nativeWouldLeak: native.length > 0 })
    expect(strays).toEqual([])
    expect(urls).toContain(`${API}/me`)
  },
)

const methods = ['map', 'filter', 'flatMap', 'slice', 'concat'] as const

test('a list with methods of its own allows nothing that was not looked at', async (context) => {
  const attacked = tally(context, kind)
  const answers = Object.fromEntries(methods.map((name) => [name, () => [ALL]]))
  class Lax extends Array<string> {
    override map<U>(): U[] {
      return [ALL] as U[]
    }
  }
  const species = { [Symbol.species]: new Proxy(Array, { construct: () => ['', ALL] }) }
  const wrong: string[] = []
  const odd = [Object.assign([API], answers), Lax.of(API), Object.assign([API], { constructor: species })]
  for (const list of odd) {
    const [strays, native] = [strayed(await reached(list, addresses)), strayed(letThrough(list, addresses))]
    attacked({ leaked: strays.length > 0, nativeWouldLeak: native.length > 0 })
    wrong.push(...strays)
  }
  expect(wrong).toEqual([])
})
