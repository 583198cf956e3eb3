import { describe, expect, test } from 'vitest'
import { codeOf, settled } from './fixtures/events.js'
import { deferred } from './fixtures/faults.js'
import { API } from './fixtures/instance.js'
import { ADA, sessionServer, visits } from './fixtures/probed.js'

const visit = visits()

describe('while the page is open', () => {
  test('a 401 asks the server whether the session has ended, once for all, and is returned', async () => {
    const { server, latchkey } = visit()
    await latchkey.ready()
    server.me = null
    server.seen.length = 0
    const answers = await Promise.all([1, 2, 3].map((n) => latchkey.fetch(`${API}/items/${n}`)))
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401])
    expect(latchkey.state).toMatchObject({ status: 'signed-out', reason: 'refresh-rejected' })
    expect(server.seen.filter((line) => line === 'GET /me')).toHaveLength(1)
  })

  test('a 401 while the session lives is returned: there is no other cookie to send it with', async () => {
    const server = sessionServer()
    const wrongPassword = new Response(null, { status: 401 })
    const fetch = async (request: Request) =>
      request.url.endsWith('/password') ? wrongPassword : server.fetch(request)
    let sent = 0
    const counting = (request: Request) => {
      if (request.url.endsWith('/password')) sent += 1
      return fetch(request)
    }
    const { latchkey } = visit(server, undefined, { fetch: counting })
    await latchkey.ready()
    expect((await latchkey.fetch(`${API}/password`, { method: 'POST' })).status).toBe(401)
    expect([sent, latchkey.state.status]).toEqual([1, 'signed-in'])
  })

  test('after set({}) the server says who has signed in', async () => {
    const server = sessionServer()
    server.me = null
    const { latchkey } = visit(server)
    await latchkey.ready()
    server.me = ADA
    await latchkey.set({})
    await expect.poll(() => latchkey.state.subject).toBe('ada')
  })

  test('whose session it is stays known when it is renewed', async () => {
    const { server, latchkey } = visit(sessionServer(), undefined, { refresh: async () => ({}) })
    await latchkey.ready()
    await latchkey.refresh()
    expect(latchkey.state.subject).toBe('ada')
    expect(server.seen).toEqual(['GET /me'])
  })

  test('a server that does not say who it is is asked once for each sign-in', async () => {
    let asked = 0
    const probe = async () => {
      asked += 1
      return {}
    }
    const { latchkey } = visit(sessionServer(), { probe }, { refresh: async () => ({}) })
    await latchkey.ready()
    await latchkey.refresh()
    await settled()
    expect(asked).toBe(1)
    await latchkey.clear()
    await latchkey.set({})
    await latchkey.refresh()
    await settled()
    expect(asked).toBe(2)
  })

  test('another user’s login without a clear() is another user’s, once the server has said so', async () => {
    const { server, latchkey, types } = visit()
    await latchkey.ready()
    server.me = { sub: 'bob' }
    await latchkey.set({})
    await expect.poll(() => latchkey.state.subject).toBe('bob')
    expect(types()).toContain('user-changed')
    expect(Object.values({ ...localStorage }).join()).toContain('"cache":"no-store"')
  })

  test('who it is changes nothing of a refresh that fails for now', async () => {
    const server = sessionServer()
    const answer = deferred()
    server.probed = () => answer.promise.then(() => Response.json(ADA))
    const refresh = async () => Promise.reject(new Error('503'))
    const { latchkey, types } = visit(server, undefined, { refresh })
    await latchkey.set({})
    await latchkey.refresh().catch(() => {})
    answer.resolve()
    await expect.poll(() => latchkey.state.subject).toBe('ada')
    expect(latchkey.state).toMatchObject({ status: 'degraded', retryAt: expect.any(Number) })
    expect(types()).not.toContain('recovered')
  })

  test('a 401 is the caller’s also where the probe can’t be asked', async () => {
    const { server, latchkey } = visit()
    await latchkey.ready()
    server.me = null
    server.probed = async () => new Response(null, { status: 503 })
    expect((await latchkey.fetch(`${API}/items`)).status).toBe(401)
    expect(latchkey.state.status).toBe('degraded')
  })

  test('a second login while it is asked about the first is asked about, too', async () => {
    const { server, latchkey } = visit()
    await latchkey.ready()
    await latchkey.clear()
    const [first, subjects] = [deferred(), new Set<string | undefined>()]
    latchkey.subscribe(({ subject }) => subjects.add(subject))
    server.probed = () => first.promise.then(() => Response.json(ADA))
    await latchkey.set({})
    await expect.poll(() => server.seen.length).toBe(2)
    server.probed = async () => Response.json({ sub: 'bob' })
    await latchkey.set({})
    first.resolve()
    await expect.poll(() => latchkey.state.subject).toBe('bob')
    expect([...subjects]).not.toContain('ada')
  })

  test('of another user whom a cookie names, nothing is taken over from the first', async () => {
    const write = (uid: string) => {
      // biome-ignore lint/suspicious/noDocumentCookie: as a server would
      document.cookie = `uid=${uid}; path=/${uid ? '' : '; max-age=0'}`
    }
    write('ada')
    const { latchkey } = visit(sessionServer(), { subjectCookie: 'uid' })
    await latchkey.set({ claims: { sub: 'ada', role: 'admin' } })
    write('bob')
    expect(await codeOf(latchkey.fetch(`${API}/items`))).toBe('ERR_SIGNED_OUT')
    expect(latchkey.state).toMatchObject({ subject: 'bob', claims: undefined })
    write('')
  })

  test('set({ claims }) says it without asking', async () => {
    const { server, latchkey } = visit(sessionServer(), {})
    await latchkey.set({ claims: ADA })
    expect([latchkey.state.subject, server.seen]).toEqual(['ada', []])
  })
})
