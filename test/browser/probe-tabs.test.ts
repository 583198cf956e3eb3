import { expect, test } from 'vitest'
import { settled } from '../shared/fixtures/events.js'
import { deferred, sleep } from '../shared/fixtures/faults.js'
import { API } from '../shared/fixtures/instance.js'
import { ADA, sessionServer, visits } from '../shared/fixtures/probed.js'

const visit = visits()

// Two instances of one page are two tabs to each other, and share what only browsers have: IndexedDB and locks.
test('two tabs that find it at once agree that it is one sign-in', async () => {
  for (const probe of [`${API}/me`, async () => ({})]) {
    const server = sessionServer()
    const [one, other] = [visit(server, { probe }), visit(server, { probe })]
    await Promise.all([one.latchkey.ready(), other.latchkey.ready()])
    await settled()
    expect([...one.types(), ...other.types()]).not.toContain('user-changed')
    expect([one.latchkey.state, other.latchkey.state]).toMatchObject(Array(2).fill({ status: 'signed-in' }))
    await one.latchkey.clear()
  }
})

test('a sign-out in another tab stands, whatever was asked before it', async () => {
  const server = sessionServer()
  const answer = deferred()
  server.probed = () => answer.promise.then(() => Response.json(ADA))
  const { latchkey, types } = visit(server)
  await expect.poll(() => server.seen).toEqual(['GET /me'])
  await visit(server, {}).latchkey.clear()
  answer.resolve()
  expect((await latchkey.ready()).status).toBe('signed-out')
  expect([types(), localStorage.length]).toEqual([expect.not.arrayContaining(['signed-in']), 0])
})

test('a sign-in in another tab is that one’s, whatever was asked before it', async () => {
  const server = sessionServer()
  const answer = deferred()
  server.probed = () => answer.promise.then(() => Response.json(ADA))
  const { latchkey } = visit(server)
  await expect.poll(() => server.seen).toEqual(['GET /me'])
  server.probed = async () => Response.json({ sub: 'bob' })
  await visit(server, {}).latchkey.set({ claims: { sub: 'bob' } })
  answer.resolve()
  await latchkey.ready()
  await expect.poll(() => latchkey.state.subject).toBe('bob')
})

test('a sign-out in another tab stands also for a tab that could not ask at its start', async () => {
  const server = sessionServer()
  server.probed = async () => new Response(null, { status: 503 })
  const { latchkey, types } = visit(server)
  await latchkey.ready()
  server.probed = async () => Response.json(ADA)
  const other = visit(server)
  await other.latchkey.ready()
  await expect.poll(() => latchkey.state.status).toBe('signed-in')
  await expect.poll(() => latchkey.state.subject).toBe('ada')
  await other.latchkey.clear()
  await expect.poll(() => latchkey.state.reason).toBe('other-tab')
  await sleep(100)
  expect([latchkey.state.status, types().at(-1)]).toEqual(['signed-out', 'signed-out'])
})
