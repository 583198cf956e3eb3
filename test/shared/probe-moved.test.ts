import { expect, test } from 'vitest'
import {
  createLatchkey,
  jwtStrategy,
  type SessionResponse,
  type Strategy,
  sessionStrategy,
} from '../../src/index.js'
import { API } from './fixtures/instance.js'
import { jwtOf } from './fixtures/jwt.js'
import { sessionServer, visits } from './fixtures/probed.js'

const visit = visits()

/** An app that had a token, of which one is left, and has a session now. */
async function moved(strategy: Strategy<SessionResponse>) {
  const from = jwtStrategy({ storage: 'local' })
  const before = createLatchkey({ strategy: from, allowedOrigins: [API], name: 'probe' })
  await before.set({ access_token: jwtOf({ sub: 'bob' }) })
  before.dispose()
  const made = visit(sessionServer(), {}, { strategy, migrateFrom: [from] })
  await made.latchkey.ready()
  return made
}

const session = sessionStrategy({ probe: `${API}/me` })

test.each([
  ['sessionStrategy', session],
  ['a strategy of the app’s own', { ...session, probing: undefined }],
])('a sign-in to %s after an earlier one’s token is asked for its user', async (_, strategy) => {
  const { server, latchkey, types } = await moved(strategy)
  expect([latchkey.state.strategy, latchkey.state.subject]).toEqual(['jwt', 'bob'])
  await latchkey.clear()
  await latchkey.set({})
  await expect.poll(() => [latchkey.state.subject, types().at(-1)]).toEqual(['ada', 'identified'])
  expect(server.seen).toEqual(['GET /me'])
})
