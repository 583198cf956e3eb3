import { expect, test } from 'vitest'
import type { LatchkeyOptions } from '../../../src/index.js'
import { codeOf, settled } from '../../shared/fixtures/events.js'
import { sleep } from '../../shared/fixtures/faults.js'
import { grant, ME, oneKey } from '../tabs-fixtures.js'
import { blocked, resume, slowDatabase } from './store-fixtures.js'

const IDLE = 300
const MINUTE = 60_000
const DAY = { ...grant(0), expires_in: 86_400 }

/** Tabs of a server that ends sessions after five idle minutes, the first of which was signed in an hour ago. */
function idling(more: Partial<LatchkeyOptions> = {}) {
  const made = oneKey({ idleTimeoutSeconds: IDLE, ...more })
  const signedOut = async (own: Partial<LatchkeyOptions> = {}) => {
    const { latchkey } = await made.open(own)
    await latchkey.set(DAY)
    await sleep(100)
    await latchkey.clear()
    await sleep(100)
    made.clock.now += 60 * MINUTE
    return latchkey
  }
  return { ...made, signedOut }
}

test('a sign-in is activity for the other tabs, before it is noted as such', async () => {
  const { fault, indexedDB } = slowDatabase()
  const { open, signedOut } = idling()
  const one = await signedOut({ indexedDB })
  const other = await open()
  fault.ms = 30
  await one.set(DAY)
  await expect.poll(() => other.latchkey.state.status).toBe('signed-in')
  await sleep(400)
  expect([one.state.status, other.latchkey.state.status]).toEqual(['signed-in', 'signed-in'])
})

test('with the clock set back in all tabs, what one of them does keeps the others signed in', async () => {
  const { clock, open } = idling()
  const [active, idle] = [await open(), await open()]
  await active.latchkey.set(DAY)
  await expect.poll(() => idle.latchkey.state.status).toBe('signed-in')
  clock.now -= 60 * MINUTE
  resume()
  await sleep(100)
  for (let minutes = 0; minutes < 8; minutes++) {
    clock.now += MINUTE
    await codeOf(active.latchkey.fetch(ME))
    await sleep(20)
  }
  resume()
  await sleep(200)
  expect([active.latchkey.state.status, idle.latchkey.state.status]).toEqual(['signed-in', 'signed-in'])
})

test('refresh() does not renew what has been idle for too long', async () => {
  const { clock, server, open } = idling()
  const { latchkey } = await open()
  await latchkey.set(DAY)
  await settled()
  clock.now += 6 * MINUTE
  expect(await codeOf(latchkey.refresh())).toBe('ERR_SIGNED_OUT')
  expect([server.spent, latchkey.state.reason]).toEqual([[], 'idle'])
})

test('dispose() while it is looked how long nothing was sent: nothing is erased after that', async () => {
  const { clock, name, open } = idling()
  const { latchkey } = await open()
  await latchkey.set(DAY)
  await settled()
  clock.now += 6 * MINUTE
  resume()
  await Promise.resolve()
  latchkey.dispose()
  await sleep(300)
  expect(localStorage.getItem(`latchkey.jwt.${name}`)).toContain('rt-0')
})

test('without IndexedDB a tab in which nothing is done leaves the others signed in', async () => {
  const { open } = oneKey({ idleTimeoutSeconds: 1, now: Date.now, indexedDB: blocked })
  const idle = await open()
  await idle.latchkey.set(DAY)
  const active = await open()
  for (let turns = 0; turns < 20; turns++) {
    await codeOf(active.latchkey.fetch(ME))
    await sleep(100)
  }
  expect([idle.latchkey.state.status, active.latchkey.state.status]).toEqual(['signed-in', 'signed-in'])
})

test('without IndexedDB nobody knows at a start how long nothing was sent, so the time begins then', async () => {
  const { clock, open } = idling({ indexedDB: blocked })
  const before = await open()
  await before.latchkey.set(DAY)
  before.latchkey.dispose()
  clock.now += 60 * MINUTE
  const { latchkey } = await open()
  expect(latchkey.state.status).toBe('signed-in')
  clock.now += 6 * MINUTE
  resume()
  await expect.poll(() => latchkey.state.reason).toBe('idle')
})
