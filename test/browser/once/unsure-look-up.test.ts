import { expect, test } from 'vitest'
import { jwtStrategy, storeChain, tokenStrategy } from '../../../src/index.js'
import { sleep } from '../../shared/fixtures/faults.js'
import { grant, oneKey } from '../tabs-fixtures.js'
import { failingDatabase, resume } from './store-fixtures.js'

const OPAQUE = { access_token: 'opaque', refresh_token: 'rt-0', expires_in: 3600 }

/** A tab that comes to the front while so many openings of the database fail. */
async function lookingBack({ fault }: ReturnType<typeof failingDatabase>, failures: number) {
  fault.left = failures
  fault.opened = 0
  resume()
  await expect.poll(() => fault.opened).toBeGreaterThan(1)
  await sleep(300)
}

test('what can’t be looked for was not cleared: a chain goes on while its database is away', async () => {
  const database = failingDatabase()
  const { open } = oneKey({ indexedDB: database.indexedDB })
  const strategy = tokenStrategy({ storage: storeChain(['indexedDB', 'local', 'memory']) })
  const { latchkey, types } = await open({ strategy })
  await latchkey.set(OPAQUE)
  await lookingBack(database, Number.POSITIVE_INFINITY)
  expect([latchkey.state.status, types()]).toEqual(['signed-in', ['initial', 'signed-in']])
})

/** A credential that the next version can't take, so that it stays in IndexedDB. */
async function stuck() {
  const database = failingDatabase()
  const { open } = oneKey({ indexedDB: database.indexedDB })
  const before = await open({ strategy: tokenStrategy() })
  await before.latchkey.set(OPAQUE)
  before.latchkey.dispose()
  const next = () => open({ strategy: jwtStrategy({ storage: 'local' }), migrateFrom: [tokenStrategy()] })
  const { latchkey } = await next()
  expect(latchkey.state).toMatchObject({ status: 'signed-in', strategy: 'token' })
  return { database, next, latchkey }
}

test.for([
  ['for good', Number.POSITIVE_INFINITY],
  ['six times', 6],
] as const)('an old place that fails %s is not taken for an empty one', async ([, failures]) => {
  const { database, next, latchkey } = await stuck()
  await lookingBack(database, 0)
  await lookingBack(database, failures)
  expect(latchkey.state).toMatchObject({ status: 'signed-in', strategy: 'token' })
  database.fault.left = 0
  const reloaded = await next()
  expect(reloaded.latchkey.state).toMatchObject({ status: 'signed-in', strategy: 'token' })
})

test('what is found nowhere, though all could be looked into, was cleared', async () => {
  const database = failingDatabase()
  const { name, open } = oneKey({ indexedDB: database.indexedDB })
  const before = await open()
  await before.latchkey.set(grant(0))
  before.latchkey.dispose()
  const { latchkey } = await open()
  localStorage.removeItem(`latchkey.jwt.${name}`)
  await lookingBack(database, Number.POSITIVE_INFINITY)
  await expect.poll(() => latchkey.state.reason).toBe('other-tab')
})
