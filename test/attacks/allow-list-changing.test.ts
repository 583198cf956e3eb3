import { expect, test } from 'vitest'
import { targets } from './fixtures/entries.js'
import { belongs } from './fixtures/judge.js'
import { reached } from './fixtures/reached.js'
import { API } from './fixtures/url-tables.js'
import { tally } from './tally.js'

const kind = 'allow-list'
const OTHER = 'https://other.example'
/** With it, and a check of how the address begins, there is no list. */
const ALL = 'https:/'
const addresses = [`${API}/me`, `${OTHER}/me`, ...targets]

type Answers = readonly [first: string, then: string]

function turning([first, then]: Answers): () => string {
  let turn = 0
  return () => (turn++ ? then : first)
}

const lists: Record<string, (answers: Answers) => unknown> = {
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
    for (const pair of pairs) {
      const urls = await reached(make(pair), addresses)
      const strays = (urls ?? []).filter((url) => !belongs(url, [API]))
      attacked({ leaked: strays.length > 0, nativeWouldLeak: pair[0] === API })
      expect([pair, strays, urls !== undefined]).toEqual([pair, [], pair[0] === API])
    }
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
    const urls = (await reached(list, addresses, () => change(list))) ?? []
    const strays = urls.filter((url) => !belongs(url, [API]))
    attacked({ leaked: strays.length > 0, nativeWouldLeak: true })
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
  const species = Object.assign(() => {}, { [Symbol.species]: () => [ALL] })
  const odd = [Object.assign([API], answers), Lax.of(API), Object.assign([API], { constructor: species })]
  for (const list of odd) {
    const strays = ((await reached(list, addresses)) ?? []).filter((url) => !belongs(url, [API]))
    attacked({ leaked: strays.length > 0, nativeWouldLeak: true })
    expect(strays).toEqual([])
  }
})
