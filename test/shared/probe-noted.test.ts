import { describe, expect, test } from 'vitest'
import { createLatchkey, jwtStrategy, sessionStrategy } from '../../src/index.js'
import { settled } from './fixtures/events.js'
import { API } from './fixtures/instance.js'
import { jwtOf } from './fixtures/jwt.js'
import { ADA, sessionServer, visits } from './fixtures/probed.js'

const visit = visits()

describe('with a session noted here', () => {
  async function noted(server = sessionServer()) {
    await visit(server).latchkey.ready()
    server.seen.length = 0
    return server
  }

  test('nobody waits, and whose it is comes behind', async () => {
    const server = await noted()
    const { latchkey } = visit(server)
    expect((await latchkey.ready()).status).toBe('signed-in')
    await expect.poll(() => latchkey.state.subject).toBe('ada')
    expect(server.seen).toEqual(['GET /me'])
  })

  test('one that has ended on the server is signed out, in this tab and in the others', async () => {
    const server = await noted()
    const other = visit(server)
    await expect.poll(() => other.latchkey.state.subject).toBe('ada')
    server.me = null
    const { latchkey } = visit(server)
    await expect.poll(() => latchkey.state.status).toBe('signed-out')
    expect(latchkey.state.reason).toBe('refresh-rejected')
    await expect.poll(() => other.latchkey.state.status).toBe('signed-out')
  })

  test('an answer for who was there before is not taken for who has signed in since', async () => {
    const server = await noted()
    let answer = () => {}
    const asked = new Promise<void>((resolve) => {
      answer = resolve
    })
    server.probed = () => asked.then(() => Response.json(ADA))
    const { latchkey } = visit(server)
    await latchkey.ready()
    await latchkey.set({ claims: { sub: 'bob' } })
    answer()
    await settled()
    await settled()
    expect(latchkey.state.subject).toBe('bob')
  })

  test('what could not be asked in the background is asked when the tab is seen again', async () => {
    const server = await noted()
    server.probed = async () => new Response(null, { status: 503 })
    const { latchkey } = visit(server)
    await latchkey.ready()
    await expect.poll(() => server.seen).toEqual(['GET /me'])
    await settled()
    server.probed = async () => Response.json(ADA)
    document.dispatchEvent(new Event('visibilitychange'))
    await expect.poll(() => latchkey.state.subject).toBe('ada')
  })

  test('a token of an earlier strategy is not the session that the server is asked about', async () => {
    const from = jwtStrategy({ storage: 'local' })
    const before = createLatchkey({ strategy: from, allowedOrigins: [API], name: 'probe' })
    await before.set({ access_token: jwtOf({ sub: 'ada' }) })
    before.dispose()
    const server = sessionServer()
    server.me = null
    const { latchkey } = visit(server, undefined, { migrateFrom: [from] })
    expect((await latchkey.ready()).status).toBe('signed-in')
    await latchkey.fetch(`${API}/items`)
    expect([latchkey.state.status, latchkey.state.strategy]).toEqual(['signed-in', 'jwt'])
  })

  test('a probe that fails changes nothing', async () => {
    const server = await noted()
    server.probed = async () => new Response(null, { status: 503 })
    const { latchkey, types } = visit(server)
    await latchkey.ready()
    await settled()
    expect([latchkey.state.status, ...types()]).toEqual(['signed-in', 'initial', 'signed-in'])
  })
})

test('a probe may be a function, for a server that says it in its own words', async () => {
  const server = sessionServer()
  server.probed = async () => Response.json({ authenticated: true, user: { id: 7 } })
  const { latchkey } = visit(
    server,
    {
      probe: async ({ fetch }) => {
        const answer = await (await fetch(`${API}/me`)).json()
        return answer.authenticated ? { claims: { sub: String(answer.user.id) } } : null
      },
    },
    {},
  )
  expect((await latchkey.ready()).subject).toBe('7')
})

test('a probe at an origin that is not on the list is never sent', async () => {
  const { server, latchkey, events } = visit(sessionServer(), { probe: 'https://ads.example.net/me' })
  await latchkey.ready()
  await settled()
  expect([server.seen, events.at(-1)]).toMatchObject([[], { error: { code: 'ERR_FOREIGN_ORIGIN' } }])
})

test('without a probe nothing is asked, and a 401 changes nothing', async () => {
  const server = sessionServer()
  const { latchkey } = visit(server, {})
  await latchkey.set({})
  server.me = null
  expect((await latchkey.fetch(`${API}/items`)).status).toBe(401)
  expect([latchkey.state.status, server.seen]).toEqual(['signed-in', ['GET /items']])
})

test('a probe that is neither a URL nor a function is refused', () => {
  expect(() => sessionStrategy({ probe: 1 as never })).toThrow('"probe" must be a URL or a function')
})

test('what the server says of the user can’t be changed in the state', async () => {
  const { latchkey } = visit()
  expect(Object.isFrozen((await latchkey.ready()).claims)).toBe(true)
})
