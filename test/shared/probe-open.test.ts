import { describe, expect, test } from 'vitest'
import { settled } from './fixtures/events.js'
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

  test('set({ claims }) says it without asking', async () => {
    const { server, latchkey } = visit(sessionServer(), {})
    await latchkey.set({ claims: ADA })
    expect([latchkey.state.subject, server.seen]).toEqual(['ada', []])
  })
})
