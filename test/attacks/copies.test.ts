import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Latchkey, LatchkeyOptions, Strategy } from '../../src/index.js'
import { dropAllCookies, ownName, shownCookie } from '../browser/fixtures.js'
import { lay, lying, tidy } from '../browser/once/places.js'
import type { Recipe } from '../browser/once/stored-recipes.js'
import { grant, LIFE } from '../browser/tabs-fixtures.js'
import fixtures from '../fixtures/stored-v1.json'
import { newBench } from '../harness/bench.js'
import { codeOf } from '../shared/fixtures/events.js'
import { copies, emptyPage, type Library, scriptTagIn, source } from './fixtures/copies.js'
import { tally } from './tally.js'

const timeout = 60_000
const COOKIE = 'stored-v1'
const [ONE, OTHER] = ['https://one.example', 'https://other.example']

const strategies: Record<string, (library: Library) => Strategy> = {
  jwt: ({ jwtStrategy }) => jwtStrategy({ storage: 'local' }),
  token: ({ tokenStrategy }) => tokenStrategy(),
  cookie: ({ cookieStrategy }) => cookieStrategy({ name: COOKIE, expires: 7 }),
}
type Name = keyof typeof strategies

afterEach(dropAllCookies)

/** A clock and a token endpoint for both copies, and what their requests carried. */
function world() {
  const [clock, spent, sent] = [{ now: 1_700_000_000_000 }, [] as unknown[], [] as string[]]
  const open = async (library: Library, strategy: Name, more: Partial<LatchkeyOptions> = {}) => {
    const latchkey = library.createLatchkey({
      strategy: (strategies[strategy] as (library: Library) => Strategy)(library),
      allowedOrigins: [ONE],
      now: () => clock.now,
      refresh: async ({ credential }) => grant(spent.push(credential.refresh_token)),
      fetch: async ({ url, headers, credentials }) =>
        new Response(`${sent.push(`${new URL(url).origin} ${headers.get('authorization') ?? credentials}`)}`),
      ...more,
    })
    onTestFinished(() => latchkey.dispose())
    await latchkey.ready()
    return latchkey
  }
  return { clock, spent, sent, open }
}

const carrying = (name: Name, number: number) =>
  `${ONE} ${name === 'cookie' ? 'include' : `Bearer ${grant(number).access_token}`}`

/** The usual key of one's own, the same in every copy: what one has stored, the other sends. */
function withOneKey(token: string): boolean {
  localStorage.setItem('access_token', token)
  const found = localStorage.getItem('access_token')
  localStorage.removeItem('access_token')
  return found === token
}

/** An empty frame has an address without a protocol for cookies: WebKit refuses what is written there. */
const strategiesOf = (copy: string) =>
  Object.keys(strategies).filter((name) => name !== 'cookie' || !copy.includes('frame'))

describe.for(Object.entries(copies))('beside another copy, %s,', ([copy, load]) => {
  describe.for(strategiesOf(copy))('with the strategy %s', (name) => {
    test('of the same name: one credential, one refresh for both, one sign-out', {
      timeout,
    }, async (context) => {
      const attacked = tally(context, 'copies')
      const { clock, spent, sent, open } = world()
      const [copy, more] = [await load(), { name: ownName() }]
      const one = await open(source, name, more)
      await one.set(grant(0))
      const other = await open(copy, name, more)
      expect(other.state.status).toBe('signed-in')
      clock.now += (LIFE + 1) * 1000
      await Promise.all([one, other, one, other].map((each) => each.fetch(`${ONE}/me`)))
      expect([spent, sent]).toEqual([['rt-0'], Array(4).fill(carrying(name, 1))])
      await other.clear()
      await expect.poll(() => one.state).toMatchObject({ status: 'signed-out', reason: 'other-tab' })
      sent.length = 0
      await one.fetch(`${ONE}/me`)
      // The browser sends a cookie itself, so it has to be gone.
      const leaked = sent.join().includes('Bearer') || shownCookie(COOKIE) !== undefined
      attacked({ leaked, nativeWouldLeak: withOneKey('token') })
      expect(leaked).toBe(false)
    })

    test.for<[string, Partial<LatchkeyOptions>, Partial<LatchkeyOptions>]>([
      ['another name', { name: 'one' }, { name: 'other' }],
      ['another origin', { allowedOrigins: [ONE] }, { allowedOrigins: [OTHER, ONE] }],
    ])(
      'of %s: neither has the other’s credential, nor signs it out',
      { timeout },
      async ([, mine, its], context) => {
        const attacked = tally(context, 'copies')
        const { spent, sent, open } = world()
        const [one, other] = [await open(source, name, mine), await open(await load(), name, its)]
        await one.set(grant(0))
        for (const origin of [ONE, OTHER]) await other.fetch(`${origin}/me`)
        const leaked = sent.filter((line) => /Bearer/.test(line)).length > 0
        attacked({ leaked, nativeWouldLeak: withOneKey('token') })
        expect([leaked, other.state.status]).toEqual([false, 'signed-out'])
        await other.clear()
        expect([one.state.status, spent]).toEqual(['signed-in', []])
        await one.clear()
      },
    )
  })

  test('with other strategies of the same name: neither sees, renews or clears what the other has', {
    timeout,
  }, async (context) => {
    const attacked = tally(context, 'copies')
    const { clock, spent, sent, open } = world()
    const [copy, more] = [await load(), { name: ownName() }]
    const one = await open(source, 'jwt', more)
    await one.set(grant(0, 'ann'))
    const other = await open(copy, 'token', more)
    expect(other.state.status).toBe('signed-out')
    await other.set(grant(7, 'bob'))
    clock.now += (LIFE + 1) * 1000
    await Promise.all([one, other].map((each) => each.fetch(`${ONE}/me`)))
    const renewed = (refreshToken: string) =>
      `${ONE} Bearer ${grant(spent.indexOf(refreshToken) + 1).access_token}`
    expect([...sent].sort()).toEqual([renewed('rt-0'), renewed('rt-7')].sort())
    await other.clear()
    sent.length = 0
    for (const each of [one, other]) await each.fetch(`${ONE}/me`)
    const leaked = sent.join() !== `${renewed('rt-0')},${ONE} same-origin`
    attacked({ leaked, nativeWouldLeak: withOneKey('token') })
    expect([leaked, one.state.status]).toEqual([false, 'signed-in'])
  })

  test('what reaches the API and what a foreign origin gets is the same as without it', {
    timeout,
  }, async (context) => {
    const attacked = tally(context, 'copies')
    const [copy, { api, foreign }] = [await load(), newBench()]
    const [name, clients] = [ownName(), [] as Latchkey[]]
    for (const [library, origin] of [
      [source, api.origin],
      [copy, foreign.origin],
    ] as const) {
      const strategy = library.tokenStrategy()
      const latchkey = library.createLatchkey({
        strategy,
        allowedOrigins: [origin],
        name: `${name}.${origin}`,
      })
      await latchkey.set({ access_token: `token-for-${origin}` })
      clients.push(latchkey)
    }
    for (const client of clients) for (const at of [api, foreign]) await client.fetch(at.at('echo'))
    const wrong = []
    for (const at of [api, foreign])
      for (const { headers, method } of await at.log()) {
        const leaked = (headers.authorization ?? '').replace(`Bearer token-for-${at.origin}`, '') !== ''
        if (method !== 'OPTIONS') attacked({ leaked, nativeWouldLeak: true })
        if (leaked) wrong.push(headers.authorization)
      }
    for (const client of clients) await client.clear().finally(client.dispose)
    expect(wrong).toEqual([])
  })
})

test('an error of either copy is known to both, and to neither’s class alone', async () => {
  const again = new URL('../../src/errors.ts?copy', import.meta.url).href
  const copy: Pick<Library, 'LatchkeyError' | 'isLatchkeyError'> = await import(/* @vite-ignore */ again)
  for (const library of [source, copy]) {
    const error = new library.LatchkeyError('ERR_DISPOSED')
    expect([source.isLatchkeyError(error), copy.isLatchkeyError(error)]).toEqual([true, true])
  }
  expect(new copy.LatchkeyError('ERR_DISPOSED')).not.toBeInstanceOf(source.LatchkeyError)
})

const recipes = (fixtures as unknown as Recipe[]).filter(({ strategy }) =>
  /^(jwt-local|token|cookie)$/.test(strategy),
)

// The one that is another build, if there is one.
describe.for(Object.entries(copies).slice(-1))('what an older version has stored, with %s', ([, load]) => {
  test.for(recipes.map((recipe) => [recipe.title, recipe] as const))(
    '%s: both copies have it, and both lose it',
    { timeout },
    async ([, recipe], context) => {
      const attacked = tally(context, 'copies')
      const origin = 'https://api.example.com'
      await tidy(origin, COOKIE)
      onTestFinished(() => tidy(origin, COOKIE))
      await lay(recipe.stored)
      const { spent, sent, open } = world()
      const [name, more] = [recipe.strategy.replace('-local', ''), { allowedOrigins: [origin] }]
      const [one, other] = [await open(source, name, more), await open(await load(), name, more)]
      expect([one.state.status, other.state.status]).toEqual(['signed-in', 'signed-in'])
      await Promise.all([one, other].map((each) => each.fetch(OTHER)))
      await one.clear()
      await expect.poll(() => other.state.status).toBe('signed-out')
      const left = (await lying(origin, COOKIE)).filter(([place]) => place !== 'ledger')
      const leaked = sent.some((line) => line.includes('Bearer')) || left.length > 0
      attacked({ leaked, nativeWouldLeak: withOneKey('token') })
      expect([left, spent, leaked]).toEqual([[], [], false])
    },
  )

  test('what a newer version has stored is left alone by both, and sent by neither', {
    timeout,
  }, async (context) => {
    const attacked = tally(context, 'copies')
    const { sent, open } = world()
    const name = ownName()
    const key = `latchkey.jwt.${name}`
    const newer = JSON.stringify({ v: 2, access_token: grant(0).access_token, receivedAt: 1, generation: 9 })
    localStorage.setItem(key, newer)
    onTestFinished(() => localStorage.removeItem(key))
    const both = [await open(source, 'jwt', { name }), await open(await load(), 'jwt', { name })]
    expect(both.map(({ state }) => state.status)).toEqual(['signed-out', 'signed-out'])
    for (const each of both) expect(await codeOf(each.fetch(`${ONE}/me`))).toBe('fulfilled')
    const leaked = sent.some((line) => line.includes('Bearer'))
    attacked({ leaked, nativeWouldLeak: JSON.parse(newer).access_token !== undefined })
    expect([leaked, localStorage.getItem(key)]).toEqual([false, newer])
  })
})

test.runIf('the built file by a script tag' in copies)(
  'a script tag that is loaded twice leaves one global, frozen, and the first stays',
  async () => {
    const page = emptyPage()
    const names = () => Object.getOwnPropertyNames(page).filter((name) => !/^\d+$/.test(name))
    const before = new Set(names())
    const first = await scriptTagIn(page)
    const latchkey = first.createLatchkey({ strategy: first.memoryStrategy(), allowedOrigins: [ONE] })
    await latchkey.set({ access_token: 'token' })
    expect(await scriptTagIn(page)).toBe(first)
    expect(names().filter((name) => !before.has(name))).toEqual(['Latchkey'])
    expect([Object.isFrozen(first), latchkey.state.status]).toEqual([true, 'signed-in'])
    const late = await latchkey.set({ access_token: '\n' }).catch((error) => error)
    expect([first.isLatchkeyError(late), late instanceof first.LatchkeyError]).toEqual([true, true])
  },
)
