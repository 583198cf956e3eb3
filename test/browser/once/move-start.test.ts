import { expect, onTestFinished, test } from 'vitest'
import { cookieStrategy, jwtStrategy, memoryStrategy, tokenStrategy } from '../../../src/index.js'
import { codeOf } from '../../shared/fixtures/events.js'
import { sleep } from '../../shared/fixtures/faults.js'
import { dropCookie, shownCookie, writeCookie } from '../fixtures.js'
import { grant, oneKey } from '../tabs-fixtures.js'
import { keptIn, namedStore } from './store-fixtures.js'

test('what takes too long to be moved is in use all the same, and the move is ended another time', async () => {
  const [from, to] = [namedStore('from'), namedStore('to')]
  const { open } = oneKey({ storageTimeoutSeconds: 1 })
  const before = await open({ strategy: keptIn(from) })
  await before.latchkey.set(grant(0))
  before.latchkey.dispose()
  const next = () => open({ strategy: keptIn(to), migrateFrom: [keptIn(from)] })
  from.before = to.before = () => sleep(350)
  const slow = await next()
  expect(slow.latchkey.state.status).toBe('signed-in')
  slow.latchkey.dispose()
  await sleep(1000)
  from.before = to.before = () => {}
  const quick = await next()
  expect(quick.latchkey.state).toMatchObject({ status: 'signed-in', strategy: 'to' })
  expect([from.values.size, to.values.size]).toEqual([0, 1])
})

test('a cookie that the server writes after a sign-out is not erased by the next start', async () => {
  const { name, open } = oneKey()
  const local = () => jwtStrategy({ storage: 'local' })
  const before = await open({ strategy: local() })
  await before.latchkey.set(grant(0))
  await before.latchkey.clear()
  before.latchkey.dispose()
  writeCookie(`${name}=by-the-server; Path=/`)
  onTestFinished(() => dropCookie(name))
  const { latchkey } = await open({ strategy: cookieStrategy({ name }), migrateFrom: [local()] })
  expect([latchkey.state.status, shownCookie(name)]).toEqual(['signed-in', `${name}=by-the-server`])
})

test('migrate() while signed out: the state names the new place, and why it was signed out', async () => {
  const { open } = oneKey()
  const { latchkey } = await open()
  await latchkey.set(grant(0))
  await latchkey.clear()
  await latchkey.migrate(memoryStrategy())
  expect(latchkey.state).toMatchObject({
    status: 'signed-out',
    reason: 'cleared',
    strategy: 'memory',
    persistent: false,
    storage: { name: 'memory', persistent: false },
  })
})

test('migrate() while degraded: it stays so, with the time of the next attempt', async () => {
  const { open, server } = oneKey()
  const { latchkey } = await open({ strategy: tokenStrategy() })
  await latchkey.set(grant(0))
  server.answer = () => Promise.reject(new Error('503'))
  await codeOf(latchkey.refresh())
  const { retryAt } = latchkey.state
  await latchkey.migrate(memoryStrategy())
  expect(latchkey.state).toMatchObject({ status: 'degraded', strategy: 'memory', retryAt })
})
