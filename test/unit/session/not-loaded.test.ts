import { expect, test, vi } from 'vitest'
import { bearer, defineStrategy } from '../../../src/index.js'
import { codeOf } from '../../shared/fixtures/events.js'
import { fakeStore } from '../../shared/fixtures/faults.js'
import { FIRST, ME, signedIn, world } from '../../shared/fixtures/instance.js'

// What moves a credential is loaded when it is needed, and an app that was deployed anew may have it no more.
vi.mock('../../../src/session/move.js', () => {
  throw new TypeError('Failed to fetch dynamically imported module')
})

const keptIn = (name: string, store = fakeStore()) => defineStrategy({ name, store, placement: bearer() })

test('a credential that can’t be moved since the code for it is gone is in use where it is', async () => {
  const from = fakeStore()
  const { latchkey: before } = await signedIn({ strategy: keptIn('from', from) })
  before.dispose()
  const to = fakeStore()
  const next = world({ strategy: keptIn('to', to), migrateFrom: [keptIn('from', from)] })
  expect(await next.latchkey.ready()).toMatchObject({ status: 'signed-in', strategy: 'from' })
  expect((await next.latchkey.fetch(ME)).status).toBe(200)
  expect([from.values.size, to.values.size]).toEqual([1, 0])
  await next.latchkey.refresh()
  expect([from.values.size, to.values.size]).toEqual([0, 1])
})

test('migrate() says that its code is gone, and has changed nothing', async () => {
  const { latchkey, store, types } = await signedIn()
  expect(await codeOf(latchkey.migrate(keptIn('to')))).toBe('ERR_CONNECTION_FAILED')
  expect(latchkey.state).toMatchObject({ status: 'signed-in', strategy: 'fake' })
  expect([store.values.size, types()]).toEqual([1, []])
  expect([...store.values.values()].join()).toContain(FIRST.access_token)
})
