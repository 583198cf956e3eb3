import { expect, test } from 'vitest'
import { jwtStrategy, tokenStrategy } from '../../../src/index.js'
import { codeOf } from '../../shared/fixtures/events.js'
import { deferred } from '../../shared/fixtures/faults.js'
import { type Answer, grant, oneKey, withoutLocks } from '../tabs-fixtures.js'

const old = () => jwtStrategy({ storage: 'local' })
const next = { strategy: tokenStrategy(), migrateFrom: [old()] }

test('how long to wait after a failure is known after a move, too', async () => {
  const { open, server } = oneKey()
  const before = await open({ strategy: old() })
  await before.latchkey.set(grant(0))
  server.answer = () => Promise.reject(new Error('503'))
  expect(await codeOf(before.latchkey.refresh())).toBe('ERR_REFRESH_FAILED')
  const after = await open(next)
  expect(await codeOf(after.latchkey.refresh())).toBe('ERR_REFRESH_FAILED')
  expect(server.spent).toEqual(['rt-0'])
})

test('migrate() does not forget it either', async () => {
  const { open, server } = oneKey()
  const { latchkey } = await open({ strategy: old() })
  await latchkey.set(grant(0))
  server.answer = () => Promise.reject(new Error('503'))
  await codeOf(latchkey.refresh())
  await latchkey.migrate(tokenStrategy())
  expect(await codeOf(latchkey.refresh())).toBe('ERR_REFRESH_FAILED')
  expect(server.spent).toEqual(['rt-0'])
})

test('what an older version is renewing is not renewed by the newer one, without Web Locks either', async () => {
  withoutLocks()
  const { open, server } = oneKey()
  const older = await open({ strategy: old() })
  await older.latchkey.set(grant(0))
  const answer = deferred<Answer>()
  server.answer = () => answer.promise
  const renewing = older.latchkey.refresh()
  await expect.poll(() => server.spent.length).toBe(1)
  const newer = await open(next)
  const waiting = codeOf(newer.latchkey.refresh())
  answer.resolve(grant(1))
  await Promise.all([renewing, waiting])
  expect([server.spent, newer.latchkey.state.status]).toEqual([['rt-0'], 'signed-in'])
})
