import { afterEach, describe, expect, test } from 'vitest'
import { newBench } from '../../harness/bench.js'
import { codeOf, settled } from '../../shared/fixtures/events.js'
import { writeCookie } from '../fixtures.js'
import { echoed, forgetSession, make } from '../session-fixtures.js'
import { given, grant, type Kind, ME, oneApp } from './migration-fixtures.js'
import { lay, lying } from './places.js'

const deleted = (name: string) =>
  new Promise<void>((resolve, reject) => {
    const asked = indexedDB.deleteDatabase(`latchkey.${name}`)
    asked.onsuccess = () => resolve()
    asked.onerror = () => reject(asked.error)
  })

/** What a browser may take away, of one app, without asking. */
const evictions: Record<string, (name: string) => Promise<void>> = {
  localStorage: async () => localStorage.clear(),
  'the credentials in IndexedDB': () => deleted('credentials'),
  'what the tabs know in IndexedDB': () => deleted('generations'),
  'cookies that script has written': (name) => lay([['cookie', name, undefined]]),
  all: async (name) => {
    for (const [what, evict] of Object.entries(evictions)) if (what !== 'all') await evict(name)
  },
}

/** What each has to have to be found again. */
const homes: Partial<Record<Kind, string>> = {
  session: 'localStorage',
  jwt: 'localStorage',
  cookie: 'cookies that script has written',
  token: 'the credentials in IndexedDB',
}

describe.for(Object.keys(homes) as Kind[])('%s, of which a browser has deleted', (kind) => {
  describe.for(Object.entries(evictions))('%s', ([what, evict]) => {
    const isLost = what === 'all' || what === homes[kind]

    test('is found again or signed out in good order, and takes the next sign-in', async () => {
      const app = oneApp()
      await app.signIn(kind)
      await evict(app.name)
      const { latchkey, events, types } = app.open(kind)
      expect((await latchkey.ready()).status).toBe(isLost ? 'signed-out' : 'signed-in')
      await settled()
      expect([types(), Object(events[1]).error]).toEqual([
        ['initial', isLost ? 'signed-out' : 'signed-in'],
        undefined,
      ])
      await latchkey.fetch(ME)
      // The server's cookie goes by itself.
      const bare = kind === 'session' || kind === 'cookie' ? 'cookie of the server' : 'nothing'
      expect(app.server.sent).toEqual([isLost ? bare : app.sentBy(kind)])
      await latchkey.set(given(kind, 5))
      const again = app.open(kind)
      expect((await again.latchkey.ready()).status).toBe('signed-in')
      await again.latchkey.fetch(ME)
      expect(app.server.sent.at(-1)).toBe(app.sentBy(kind, grant(5)))
      await again.latchkey.clear()
      expect(await app.places()).toEqual([])
    })

    test('under an open page: it goes on, is refreshed once, and stored again', async () => {
      const app = oneApp()
      const { latchkey } = app.open(kind)
      await latchkey.set(given(kind))
      await evict(app.name)
      await latchkey.fetch(ME)
      await codeOf(latchkey.refresh())
      expect([latchkey.state.status, app.server.spent.length]).toEqual(['signed-in', 1])
      expect(await app.places()).toEqual(app.only(kind))
      await latchkey.clear()
      expect(await app.places()).toEqual([])
    })
  })
})

describe.for(Object.keys(homes) as Kind[])('%s in two pages, of which a browser has deleted', (kind) => {
  /** Two that are open while it happens. */
  async function twoPages(evict: (name: string) => Promise<void>) {
    const app = oneApp()
    const first = app.open(kind)
    await first.latchkey.set(given(kind))
    const second = app.open(kind)
    await second.latchkey.ready()
    await evict(app.name)
    return { ...app, first, second }
  }

  test.for(Object.entries(evictions))(
    '%s: what one of them renews the other one takes',
    async ([, evict]) => {
      const { first, second, server } = await twoPages(evict)
      await first.latchkey.refresh()
      await expect.poll(() => second.types().at(-1)).toBe('refreshed')
      await second.latchkey.refresh()
      const spent = kind === 'session' ? [undefined, undefined] : ['rt-0', 'rt-1']
      expect([server.spent, second.latchkey.state.status]).toEqual([spent, 'signed-in'])
    },
  )

  test.for(Object.entries(evictions))('%s: a sign-in in a third is taken by both', async ([, evict]) => {
    const { first, second, open, server, sentBy } = await twoPages(evict)
    const third = open(kind)
    await third.latchkey.ready()
    await third.latchkey.set(given(kind, 5))
    await expect.poll(() => [first, second].map(({ types }) => types().at(-1))).not.toContain('signed-in')
    server.sent.length = 0
    for (const { latchkey } of [first, second]) await latchkey.fetch(ME)
    expect(server.sent).toEqual(Array(2).fill(sentBy(kind, grant(5))))
  })
})

test('a cookie that has lost its rest is still a credential, and one that lost its cookie leaves no refresh token', async () => {
  const app = oneApp()
  await app.signIn('cookie')
  const stored = await lying(app.name)
  localStorage.clear()
  const first = app.open('cookie')
  await first.latchkey.ready()
  await codeOf(first.latchkey.refresh())
  expect([first.latchkey.state.status, app.server.spent]).toEqual(['signed-in', [undefined]])
  first.latchkey.dispose()
  await lay(stored.filter(([place]) => place !== 'ledger'))
  await evictions['cookies that script has written']?.(app.name)
  expect((await app.open('cookie').latchkey.ready()).status).toBe('signed-out')
  expect(await app.places()).toEqual([])
})

describe('a server’s session, of which all that script can reach was deleted', () => {
  afterEach(forgetSession)

  test('still goes to the server, which can say so, and a new CSRF token is used as soon as it is there', async () => {
    const { api } = newBench()
    const sid = encodeURIComponent('sid=s1; Path=/; HttpOnly')
    await fetch(api.at(`set-cookie?line=${sid}`), { credentials: 'include' })
    writeCookie('XSRF-TOKEN=old; path=/')
    const before = make(api.origin)
    await before.set({})
    before.dispose()
    await lay([['cookie', 'XSRF-TOKEN', undefined]])
    for (const evict of Object.values(evictions)) await evict('none')

    const latchkey = make(api.origin)
    expect((await latchkey.ready()).status).toBe('signed-out')
    expect((await echoed(await latchkey.fetch(api.at('echo')))).cookie).toContain('sid=s1')
    const post = async () => echoed(await latchkey.fetch(api.at('echo'), { method: 'POST' }))
    expect(await post()).not.toHaveProperty('x-xsrf-token')
    const line = encodeURIComponent('XSRF-TOKEN=new; Path=/')
    await latchkey.fetch(api.at(`set-cookie?line=${line}`))
    await latchkey.set({})
    expect(latchkey.state.status).toBe('signed-in')
    expect(await post()).toMatchObject({ 'x-xsrf-token': 'new', cookie: expect.stringContaining('sid=s1') })
    expect((await make(api.origin).ready()).status).toBe('signed-in')
    await latchkey.clear()
  })
})
