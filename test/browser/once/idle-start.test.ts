import { expect, test } from 'vitest'
import { sleep } from '../../shared/fixtures/faults.js'
import { grant, oneKey } from '../tabs-fixtures.js'
import { slowDatabase } from './store-fixtures.js'

const HOUR = 3_600_000
const DAY = { ...grant(0), expires_in: 86_400 }
const times = { idleTimeoutSeconds: 300, storageTimeoutSeconds: 2 }

/** Signed in and out an hour ago, with an idle time-out. */
async function anHourAgo() {
  const made = oneKey()
  const { fault, indexedDB } = slowDatabase()
  const { latchkey } = await made.open({ ...times, indexedDB })
  await latchkey.set(DAY)
  await sleep(100)
  await latchkey.clear()
  await sleep(100)
  made.clock.now += HOUR
  return { ...made, latchkey, fault }
}

test('a page that is left as soon as set() has resolved was not idle', async () => {
  const { open, latchkey, fault } = await anHourAgo()
  fault.ms = 200
  await latchkey.set(DAY)
  const next = await open(times)
  expect(next.latchkey.state.status).toBe('signed-in')
})

test('a sign-in by a version without an idle time-out is activity, too', async () => {
  const { clock, open, latchkey } = await anHourAgo()
  latchkey.dispose()
  const other = await open()
  await other.latchkey.set(DAY)
  other.latchkey.dispose()
  clock.now += 1000
  const next = await open(times)
  expect(next.latchkey.state).toMatchObject({ status: 'signed-in' })
})

test('who signed in long before there was an idle time-out is not idle at the first start with one', async () => {
  const { clock, open } = oneKey()
  const before = await open()
  await before.latchkey.set(DAY)
  before.latchkey.dispose()
  clock.now += HOUR
  expect((await open(times)).latchkey.state.status).toBe('signed-in')
})
