import { expect, test } from 'vitest'
import { sessionStrategy } from '../../src/index.js'
import { settled } from './fixtures/events.js'
import { API } from './fixtures/instance.js'
import { ADA, sessionServer, visits } from './fixtures/probed.js'

const visit = visits()

/** A strategy of the app's own: it has a probe, and nothing of the library's to do with the answers. */
const own = () => ({ ...sessionStrategy({ probe: `${API}/me` }), probing: undefined })

test('a strategy of the app’s own needs nothing but a probe for its session to be found', async () => {
  const { latchkey, types } = visit(sessionServer(), {}, { strategy: own() })
  expect(await latchkey.ready()).toMatchObject({ status: 'signed-in', claims: ADA })
  await settled()
  expect(types()).toEqual(['initial', 'signed-in'])
})

test('a session of its that is noted here is asked for its user', async () => {
  const { latchkey: before } = visit(sessionServer(), {}, { strategy: own() })
  await before.ready()
  before.dispose()
  const { latchkey } = visit(sessionServer(), {}, { strategy: own() })
  await expect.poll(() => latchkey.state).toMatchObject({ status: 'signed-in', subject: 'ada' })
})

test('after migrate() to a strategy with a probe, a sign-in is asked for its user', async () => {
  const { latchkey } = visit(sessionServer(), {})
  await latchkey.ready()
  await latchkey.migrate(own())
  await latchkey.set({})
  await expect.poll(() => latchkey.state).toMatchObject({ status: 'signed-in', subject: 'ada' })
})
