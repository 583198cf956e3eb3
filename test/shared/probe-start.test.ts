import { describe, expect, test } from 'vitest'
import { settled } from './fixtures/events.js'
import { API } from './fixtures/instance.js'
import { ADA, sessionServer, visits } from './fixtures/probed.js'

const visit = visits()

describe('at the start, with nothing noted here', () => {
  test('the session that the server knows is found, and whose it is', async () => {
    const { latchkey, types } = visit()
    expect(latchkey.state.status).toBe('unknown')
    const { status, subject, claims } = await latchkey.ready()
    expect([status, subject, claims]).toEqual(['signed-in', 'ada', ADA])
    await settled()
    expect(types()).toEqual(['initial', 'signed-in'])
  })

  test('it is noted for the next start, without a word of whose it is', async () => {
    await visit().latchkey.ready()
    const kept = Object.values({ ...localStorage }).join()
    expect(kept).toContain('"generation"')
    expect(kept.toLowerCase()).not.toContain('ada')
  })

  test.each([
    ['401', () => new Response(null, { status: 401 })],
    ['200 null', () => Response.json(null)],
    ['200 and an empty object', () => Response.json({})],
  ])('a server that answers %s says that nobody is signed in', async (_, answer) => {
    const server = sessionServer()
    server.probed = async () => answer()
    const { latchkey, events } = visit(server)
    expect((await latchkey.ready()).status).toBe('signed-out')
    await settled()
    expect(events.at(-1)).toEqual({ type: 'signed-out', error: undefined })
  })

  test.each([
    ['500', () => new Response(null, { status: 500 })],
    ['403', () => Response.json({ sub: 'ada' }, { status: 403 })],
    ['a page of HTML', () => new Response('<p>Sign in')],
    ['text', () => Response.json('ada')],
    ['a list', () => Response.json([])],
    [
      'no answer',
      () => {
        throw new TypeError('network')
      },
    ],
  ])('%s says nothing: a signed-out start with an error', async (_, answer) => {
    const server = sessionServer()
    server.probed = async () => answer()
    const { latchkey, events } = visit(server)
    expect((await latchkey.ready()).status).toBe('signed-out')
    await settled()
    expect(events.at(-1)).toMatchObject({ type: 'signed-out', error: { code: 'ERR_REFRESH_FAILED' } })
  })

  test('refresh() looks again, as after a login in another window', async () => {
    const server = sessionServer()
    server.me = null
    const { latchkey } = visit(server)
    await latchkey.ready()
    server.me = ADA
    await latchkey.refresh()
    expect(latchkey.state).toMatchObject({ status: 'signed-in', subject: 'ada' })
  })

  test('a request does not wait for the answer: the browser sends the cookie anyway', async () => {
    const server = sessionServer()
    server.probed = () => new Promise(() => {})
    const { latchkey } = visit(server)
    expect((await latchkey.fetch(`${API}/items`)).status).toBe(200)
    expect(latchkey.state.status).toBe('unknown')
  })

  test('a server that hangs is given up after refreshTimeoutSeconds', async () => {
    const server = sessionServer()
    server.probed = () => new Promise(() => {})
    const { latchkey } = visit(server, undefined, { refreshTimeoutSeconds: 0.05 })
    expect((await latchkey.ready()).status).toBe('signed-out')
  })

  test('what is set or cleared meanwhile wins over the answer', async () => {
    for (const act of ['set', 'clear'] as const) {
      const server = sessionServer()
      let answer = () => {}
      const asked = new Promise<void>((resolve) => {
        answer = resolve
      })
      server.probed = () => asked.then(() => Response.json({ sub: 'late' }))
      const { latchkey } = visit(server)
      await expect.poll(() => server.seen).toEqual(['GET /me'])
      await (act === 'set' ? latchkey.set({ claims: ADA }) : latchkey.clear())
      answer()
      expect((await latchkey.ready()).subject).toBe(act === 'set' ? 'ada' : undefined)
      expect(localStorage.length).toBe(act === 'set' ? 1 : 0)
      await latchkey.clear()
    }
  })
})
