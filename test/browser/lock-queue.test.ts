import { expect, test } from 'vitest'
import { grant, LIFE, ME, openTabs } from './tabs-fixtures.js'

/** Locks that somebody else holds: what is granted, and how many still wait for it. */
function heldLocks() {
  const waiting = new Set<unknown>()
  const request = (_name: string, { signal }: LockOptions, _work: LockGrantedCallback<unknown>) => {
    waiting.add(signal)
    return new Promise((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason))
    }).finally(() => waiting.delete(signal))
  }
  return { waiting, locks: { request: request as LockManager['request'] } }
}

test('a tab that waits for its turn sends at once when another tab’s credential is there', async () => {
  const { waiting, locks } = heldLocks()
  const { clock, server, tabs, open } = await openTabs(1)
  const queued = await open({ locks, refreshTimeoutSeconds: 60 })
  clock.now += (LIFE + 1) * 1000
  const asked = queued.latchkey.fetch(ME)
  await expect.poll(() => waiting.size).toBe(1)
  await tabs[0]?.latchkey.refresh()
  expect((await asked).status).toBe(200)
  expect([server.spent, server.seen]).toEqual([['rt-0'], [`Bearer ${grant(1).access_token}`]])
})

test('its place in the queue is given back, and it stays signed in', async () => {
  const { waiting, locks } = heldLocks()
  const { clock, tabs, open } = await openTabs(1)
  const queued = await open({ locks, refreshTimeoutSeconds: 60 })
  clock.now += (LIFE + 1) * 1000
  const asked = queued.latchkey.refresh()
  await expect.poll(() => waiting.size).toBe(1)
  await tabs[0]?.latchkey.refresh()
  await asked
  await expect.poll(() => waiting.size).toBe(0)
  expect(queued.latchkey.state.status).toBe('signed-in')
})
