import { expect, onTestFinished, test } from 'vitest'
import {
  createLatchkey,
  type LatchkeyOptions,
  type SessionResponse,
  sessionStrategy,
} from '../../src/index.js'
import { listen } from './fixtures/events.js'
import { API } from './fixtures/instance.js'

/** Tabs of a session that hear nothing of each other. */
function deafTabs() {
  const name = crypto.randomUUID()
  return (more: Partial<LatchkeyOptions<SessionResponse>> = {}) => {
    const fetch = async () => new Response()
    const strategy = sessionStrategy()
    const options = { strategy, allowedOrigins: [API], name, fetch, channel: () => undefined, ...more }
    const latchkey = createLatchkey(options)
    onTestFinished(() => latchkey.dispose())
    return { latchkey, ...listen(latchkey) }
  }
}

test('a session that began in another tab, of which nothing was heard, is found by migrate()', async () => {
  const open = deafTabs()
  const [{ latchkey }, other] = [open(), open()]
  await Promise.all([latchkey.ready(), other.latchkey.ready()])
  await other.latchkey.set({})
  expect(latchkey.state.status).toBe('signed-out')
  await latchkey.migrate({ ...sessionStrategy(), name: 'next' })
  expect(latchkey.state).toMatchObject({ status: 'signed-in', strategy: 'next' })
})

test('another user who has signed in in another tab, of which nothing was heard, is told of by migrate()', async () => {
  const open = deafTabs()
  const [{ latchkey, types }, other] = [open(), open()]
  await Promise.all([latchkey.ready(), other.latchkey.ready()])
  await latchkey.set({ claims: { sub: 'ada' } })
  await other.latchkey.clear()
  await other.latchkey.set({ claims: { sub: 'bob' } })
  await latchkey.migrate({ ...sessionStrategy(), name: 'next' })
  expect([latchkey.state.subject, types().at(-1)]).toEqual([undefined, 'user-changed'])
})
