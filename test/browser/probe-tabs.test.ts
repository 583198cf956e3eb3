import { expect, test } from 'vitest'
import { settled } from '../shared/fixtures/events.js'
import { deferred } from '../shared/fixtures/faults.js'
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
