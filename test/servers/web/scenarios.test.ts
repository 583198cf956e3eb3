import { describe, test } from 'vitest'
import { usableEngines } from '../../harness/browsers.js'
import type { Entry } from './front.js'
import { servers } from './servers.js'
import { type PageOptions, visit } from './visitor.js'

const TEN = 10
const accepted = Array(TEN).fill(201)

const of = (path: string) => (entry: Entry) => entry.path === path
const tokens = (asked: Entry[]) => asked.filter(of('/csrf-token')).length
const statuses = (asked: Entry[], path: string) => asked.filter(of(path)).map(({ status }) => status)

/** The answers to each request, of those that differ in their query. */
function byRequest(asked: Entry[]): number[][] {
  const answers = new Map<string, number[]>()
  for (const { query, status } of asked.filter(of('/items')))
    answers.set(query, [...(answers.get(query) ?? []), status])
  return [...answers.values()]
}

// Each engine has a page of its own, so that they need not wait for each other; `expect` is a test's own for that.
describe.concurrent.each(usableEngines())('in %s,', (engine) => {
  describe.sequential.each(servers)('at $name,', (server) => {
    const { expected, header } = server
    const visitor = (options?: PageOptions) => visit(engine, server, options)
    const signedIn = async () => {
      const at = await visitor()
      const answers = [await at.signIn(), await at.post('/items')]
      // Who it is is asked in the background, and would be counted otherwise.
      await at.evaluate('new Promise((known) => latchkey.subscribe(({ claims }) => claims && known(null)))')
      const asked = await at.asked()
      if (answers.join() !== '200,201') throw new Error(`${answers}: ${JSON.stringify(asked)}`)
      return at
    }

    test('a user signs in, and the state says who it is', async ({ expect }) => {
      const at = await visitor()
      expect(await at.state()).toMatchObject({ status: 'signed-out' })
      expect(await at.signIn()).toBe(200)
      await at.reload()
      await expect.poll(() => at.state()).toMatchObject({ status: 'signed-in', claims: { sub: 'ada' } })
    })

    test('the token from before a login is not used after it, and no POST refused', async ({ expect }) => {
      const at = await visitor()
      await at.signIn()
      // The answer to the probe may bring the cookie, too.
      await expect.poll(() => at.state()).toMatchObject({ claims: { sub: 'ada' } })
      await at.asked()
      expect(await at.post('/items')).toBe(201)
      const asked = await at.asked()
      expect([tokens(asked), statuses(asked, '/items')]).toEqual([server.cookie ? 0 : 1, [201]])
    })

    test('ten POSTs at once are all accepted, for one token at most', async ({ expect }) => {
      const at = await visitor()
      await at.signIn()
      await at.asked()
      expect(await at.posts(TEN)).toEqual(accepted)
      const asked = await at.asked()
      expect(tokens(asked)).toBeLessThanOrEqual(1)
      const sent = asked.filter(of('/items'))
      expect(sent.every(({ csrf, cookie }) => csrf === header.toLowerCase() && cookie)).toBe(true)
    })

    test('ten POSTs at once with a token that was exchanged are refused once, and accepted', async ({
      expect,
    }) => {
      const at = await signedIn()
      await at.control('rotate')
      expect(await at.posts(TEN)).toEqual(accepted)
      const asked = await at.asked()
      expect(tokens(asked)).toBe(expected.isAsked ? 1 : 0)
      for (const answers of byRequest(asked)) expect(expected.afterRotation).toEqual(answers)
      expect(await at.state()).toMatchObject({ status: 'signed-in' })
    })

    test('a token that is exchanged between twenty POSTs costs none of them, and one other at most', async ({
      expect,
    }) => {
      const at = await signedIn()
      const all = at.evaluate(
        `Promise.all([posts('/items', 10), fetch('/control/rotate'), posts('/items', 10)])`,
      )
      expect(await all).toEqual([accepted, {}, accepted])
      const asked = await at.asked()
      expect(tokens(asked)).toBeLessThanOrEqual(expected.isAsked ? 1 : 0)
      expect(Math.max(...byRequest(asked).map(({ length }) => length))).toBeLessThanOrEqual(2)
    })

    test('a 403 for another reason is the answer: nothing is sent again, nobody is signed out', async ({
      expect,
    }) => {
      const at = await signedIn()
      expect(await at.post('/forbidden')).toBe(403)
      expect((await at.asked()).map(({ path }) => path)).toEqual(['/forbidden'])
      expect(await at.state()).toMatchObject({ status: 'signed-in' })
    })

    test('a refusal that stays is the answer after one more try at most, and clears nothing', async ({
      expect,
    }) => {
      const at = await signedIn()
      await at.control('spoil')
      expect(await at.post('/items')).toBe(403)
      expect(statuses(await at.asked(), '/items')).toEqual(expected.spoilt)
      expect(await at.state()).toMatchObject({ status: 'signed-in' })
      expect(await at.evaluate('localStorage.length')).toBe(1)
    })

    test('a header of the caller is sent as it is, and its refusal is the answer', async ({ expect }) => {
      const at = await signedIn()
      expect(await at.post('/items', { [header]: 'of my own' })).toBe(403)
      expect(statuses(await at.asked(), '/items')).toEqual([403])
    })

    test('a GET carries no token', async ({ expect }) => {
      const at = await signedIn()
      await at.evaluate(`latchkey.fetch('/me').then(() => null)`)
      expect(await at.asked()).toMatchObject([{ path: '/me', csrf: null, cookie: true }])
    })

    test('a user signs out, and in again', async ({ expect }) => {
      const at = await signedIn()
      expect(await at.post('/logout')).toBe(204)
      await at.evaluate('latchkey.clear()')
      expect(await at.state()).toMatchObject({ status: 'signed-out', reason: 'cleared' })
      await at.reload()
      expect(await at.state()).toMatchObject({ status: 'signed-out' })
      expect([await at.signIn(), await at.post('/items')]).toEqual([200, 201])
    })

    test('a session that the server has ended is found out by its 401', async ({ expect }) => {
      const at = await signedIn()
      await at.control('expire')
      expect(await at.post('/items')).toBe(401)
      await expect.poll(() => at.state()).toMatchObject({ status: 'signed-out', reason: 'refresh-rejected' })
    })

    test('a session is found again where all that script can write is gone', async ({ expect }) => {
      const at = await signedIn()
      await at.evaluate(forgetting)
      await at.reload()
      await expect.poll(() => at.state()).toMatchObject({ status: 'signed-in', claims: { sub: 'ada' } })
      expect(await at.post('/items')).toBe(201)
    })
  })
})

/** An expression for a page: what Safari does after seven days, and a user who deletes site data but not cookies. */
const forgetting = `(async () => {
  latchkey.dispose()
  localStorage.clear()
  for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name)
  for (const pair of document.cookie.split('; ')) document.cookie = pair.split('=')[0] + '=; path=/; max-age=0'
})()`
