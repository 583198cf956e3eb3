import { afterEach, beforeEach, describe, expect, test } from 'vitest'
// What the first version has written is in people's browsers, whatever is done here. So that file is never edited, nor
// written anew: a field that is no longer written is read for as long as somebody may come back with it. What a later
// version writes gets a file of its own beside it.
import fixtures from '../../fixtures/stored-v1.json'
import { listen, settled } from '../../shared/fixtures/events.js'
import { type Lying, lay, lying, tidy } from './places.js'
import { API, COOKIE, follow, makeOf, type Recipe } from './stored-recipes.js'

const recipes = fixtures as unknown as Recipe[]
const clear = () => tidy(API, COOKIE)
const now = () => lying(API, COOKIE)

beforeEach(clear)
afterEach(clear)

/** Texts as what they say: the order of their fields is nobody's business. */
const read = ([place, key, value]: Lying) => {
  const isJson = typeof value === 'string' && value.startsWith('{')
  return [place, key, isJson ? JSON.parse(value) : value]
}
const withoutLedger = ({ stored }: Recipe) => stored.filter(([place]) => place !== 'ledger')

/** An instance that finds what is there, and what it then does with it. */
async function found(recipe: Recipe) {
  const sent: [string | null, RequestCredentials][] = []
  const spent: unknown[] = []
  const latchkey = makeOf(recipe, {
    fetch: async ({ headers, credentials }) =>
      new Response(`${sent.push([headers.get('authorization'), credentials])}`),
    refresh: async ({ credential }) => void spent.push(credential.refresh_token),
  })
  const told = listen(latchkey)
  await latchkey.ready()
  return { latchkey, sent, spent, ...told }
}

/** What a request shows of it: a header, or that the browser is to send its cookie. */
const shownBy = ({ strategy, set, refreshed }: Recipe) => {
  const { access_token } = refreshed ?? set
  return /^(cookie|session)$/.test(strategy) ? [null, 'include'] : [`Bearer ${access_token}`, 'same-origin']
}

describe.for(recipes)('what the first version stored, $title', (recipe) => {
  test.for([
    ['all of it', recipe.stored],
    ['without what the tabs know of it', withoutLedger(recipe)],
  ] as const)('is read as signed in, with the same life and user, and sent: %s', async ([, stored]) => {
    await lay(stored)
    const { latchkey, sent, spent } = await found(recipe)
    const { subject, expiresAt, refresh_token } = recipe.says
    expect(latchkey.state).toMatchObject({ status: 'signed-in' })
    expect([latchkey.state.subject, latchkey.state.expiresAt]).toEqual([subject, expiresAt])
    await latchkey.fetch(API)
    expect(sent).toEqual([shownBy(recipe)])
    await latchkey.refresh().catch(() => {})
    expect(spent).toEqual([refresh_token])
    latchkey.dispose()
  })

  test('is what is stored today, field for field', async () => {
    await follow(recipe)
    expect((await now()).map(read)).toEqual(recipe.stored.map(read))
  })

  test('is erased by clear()', async () => {
    await lay(recipe.stored)
    const { latchkey } = await found(recipe)
    await latchkey.clear()
    expect((await now()).filter(([place]) => place !== 'ledger')).toEqual([])
  })
})

/** The same by a version that nobody knows yet. */
const newer = ([place, key, value]: Lying): Lying => [place, key, String(value).replace('"v":1', '"v":2')]

describe.for(recipes)('what a version of tomorrow stored, $title', (recipe) => {
  test('is read as signed out, says so once, and lies there as it did', async () => {
    const stored = withoutLedger(recipe).map(newer)
    await lay(stored)
    const { latchkey, events, sent } = await found(recipe)
    await latchkey.fetch(API)
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    await settled()
    expect([latchkey.state.status, sent.map(([header]) => header)]).toEqual(['signed-out', [null]])
    expect(events.filter(({ type }) => type === 'signed-out')).toMatchObject([
      { error: { code: 'ERR_STORED_MALFORMED' } },
    ])
    latchkey.dispose()
    await settled()
    expect((await now()).filter(([place]) => place !== 'ledger')).toEqual(stored)
  })
})

test('every strategy is here, with and without all that may be left out', () => {
  const of = (strategy: string) => recipes.filter((one) => one.strategy === strategy)
  const counts = ['jwt-local', 'jwt-session', 'token', 'cookie', 'session'].map((one) => of(one).length)
  expect(counts).toEqual([7, 7, 6, 6, 5])
  const texts = recipes.map(({ stored }) => JSON.stringify(stored))
  for (const field of ['refresh_token', 'expires_in', 'line', 'cache']) {
    const having = texts.filter((text) => text.includes(field)).length
    expect([field, having > 3, texts.length - having > 3]).toEqual([field, true, true])
  }
})
