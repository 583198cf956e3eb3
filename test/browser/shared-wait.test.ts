import { expect, test } from 'vitest'
import { LatchkeyError } from '../../src/index.js'
import { codeOf } from '../shared/fixtures/events.js'
import { never } from '../shared/fixtures/faults.js'
import { LIFE, ME, oneKey, openTabs } from './tabs-fixtures.js'

type Made = Awaited<ReturnType<typeof openTabs>>

/** The token endpoint refuses for 30 seconds, each time. */
function refuseFor30Seconds({ clock, server }: Made): void {
  server.answer = () =>
    Promise.reject(new LatchkeyError('ERR_REFRESH_FAILED', { retryAt: clock.now + 30_000 }))
}

test('4 tabs that ask ten times a second are at most three questions in a minute', async () => {
  const made = await openTabs(4)
  refuseFor30Seconds(made)
  made.clock.now += (LIFE + 1) * 1000
  const askedAt: number[] = []
  for (let second = 0; second < 60; second += 0.5) {
    const before = made.server.spent.length
    await Promise.all(made.tabs.map(({ latchkey }) => codeOf(latchkey.fetch(ME))))
    if (made.server.spent.length > before) askedAt.push(second)
    made.clock.now += 500
  }
  expect([askedAt, made.server.spent.length]).toEqual([[0, 30], 2])
})

test('a tab that has not asked itself is told when it may, and so is one that is opened later', async () => {
  const made = await openTabs(2)
  refuseFor30Seconds(made)
  const retryAt = made.clock.now + 30_000
  await codeOf(made.tabs[0]?.latchkey.refresh() ?? never())
  const late = await made.open()
  for (const { latchkey } of [...made.tabs, late]) {
    await expect(latchkey.refresh()).rejects.toMatchObject({ code: 'ERR_REFRESH_FAILED', retryAt })
    expect(latchkey.state).toMatchObject({ status: 'degraded', retryAt })
  }
  expect(made.server.spent).toHaveLength(1)
})

test('what another tab has failed at is recovered in all of them by one refresh', async () => {
  const made = await openTabs(3)
  const { answer } = made.server
  refuseFor30Seconds(made)
  made.clock.now += (LIFE + 1) * 1000
  await Promise.all(made.tabs.map(({ latchkey }) => codeOf(latchkey.fetch(ME))))
  made.server.answer = answer
  made.clock.now += 30_000
  await Promise.all(made.tabs.map(({ latchkey }) => latchkey.fetch(ME)))
  expect(made.tabs.map(({ types }) => types().at(-1))).toEqual(Array(3).fill('recovered'))
  expect(made.server.spent).toHaveLength(2)
})

test('a lost answer is remembered over a reload: invalid_grant after it is an unknown outcome', async () => {
  const made = oneKey()
  const first = await made.open()
  await first.latchkey.set({ access_token: 'e30.e30.x', refresh_token: 'rt-0', expires_in: LIFE })
  made.server.answer = () => Promise.reject(new TypeError('Failed to fetch'))
  await codeOf(first.latchkey.refresh())
  const { retryAt = 0 } = first.latchkey.state
  first.latchkey.dispose()
  made.clock.now = retryAt
  made.server.answer = async () => null
  const { latchkey } = await made.open()
  await latchkey.refresh()
  expect(latchkey.state.reason).toBe('rotation-outcome-unknown')
})
