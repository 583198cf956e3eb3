import { afterEach, describe, expect, test } from 'vitest'
import type { Latchkey, LatchkeyOptions } from '../../src/index.js'
import { dropAllCookies, ownName, shownCookie } from '../browser/fixtures.js'
import { grant, LIFE } from '../browser/tabs-fixtures.js'
import { newBench } from '../harness/bench.js'
import { copies, emptyPage, type Library, scriptTagIn, source } from './fixtures/copies.js'
import { COOKIE, carrying, ONE, OTHER, strategies, world } from './fixtures/world.js'
import { tally } from './tally.js'

const timeout = 60_000

afterEach(dropAllCookies)

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
      const before = [[...spent], [...sent]]
      await other.clear()
      await expect.poll(() => one.state).toMatchObject({ status: 'signed-out', reason: 'other-tab' })
      sent.length = 0
      await one.fetch(`${ONE}/me`)
      // The browser sends a cookie itself, so it has to be gone.
      const leaked = sent.join().includes('Bearer') || shownCookie(COOKIE) !== undefined
      attacked({ leaked, nativeWouldLeak: false })
      expect([leaked, ...before]).toEqual([false, ['rt-0'], Array(4).fill(carrying(name, 1))])
    })

    test.for<[string, Partial<LatchkeyOptions>, Partial<LatchkeyOptions>]>([
      ['another name', { name: ownName() }, { name: ownName() }],
      // Without a name, which then is made of the first origin.
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
        attacked({ leaked, nativeWouldLeak: false })
        const { status } = other.state
        await other.clear()
        const found = [leaked, status, one.state.status, ...spent]
        // Before it is judged: where there is no name, the next test has the same key.
        await one.clear()
        expect(found).toEqual([false, 'signed-out', 'signed-in'])
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
    const asked = sent.splice(0).sort()
    await other.clear()
    for (const each of [one, other]) await each.fetch(`${ONE}/me`)
    const expected = [renewed('rt-0'), renewed('rt-7')].sort()
    const leaked = asked.join() !== expected.join() || sent.join() !== `${renewed('rt-0')},${ONE} same-origin`
    attacked({ leaked, nativeWouldLeak: false })
    expect([asked, leaked, one.state.status]).toEqual([expected, false, 'signed-in'])
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
        if (method !== 'OPTIONS') attacked({ leaked, nativeWouldLeak: false })
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
