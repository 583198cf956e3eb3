import { expect, onTestFinished, test } from 'vitest'
import { createLatchkey, jwtStrategy, type LatchkeyEvent } from '../../src/index.js'
import { listen } from '../shared/fixtures/events.js'
import { grant, ME, openTabs } from './tabs-fixtures.js'

type Tab = Awaited<ReturnType<typeof openTabs>>['tabs'][number]
const told = (events: readonly LatchkeyEvent[]) => events.map((event) => [event.type, Object(event).by])

test('a refresh is told in each tab, with whether that tab did it', async () => {
  const { tabs } = await openTabs(2)
  const [one, other] = tabs
  for (const { events } of tabs) events.length = 0
  await one?.latchkey.refresh()
  await expect.poll(() => told(other?.events ?? [])).toEqual([['refreshed', 'other-tab']])
  expect(told(one?.events ?? [])).toEqual([['refreshed', 'this-tab']])
})

test('so is a refresh that works again after failures', async () => {
  const { server, tabs, clock } = await openTabs(2)
  const [one, other] = tabs
  server.answer = () => Promise.reject(new Error('offline'))
  for (const { latchkey } of tabs) await latchkey.refresh().catch(() => {})
  for (const { events } of tabs) events.length = 0
  server.answer = async () => grant(1)
  clock.now += 60_000
  await one?.latchkey.refresh()
  await expect.poll(() => told(other?.events ?? [])).toEqual([['recovered', 'other-tab']])
  expect(told(one?.events ?? [])).toEqual([['recovered', 'this-tab']])
})

test('a sign-in is this tab’s or another one’s; of one that was found at the start nobody knows whose it was', async () => {
  const { tabs, name, clock } = await openTabs(2)
  const [one, other] = tabs
  await one?.latchkey.clear()
  await expect.poll(() => other?.latchkey.state.status).toBe('signed-out')
  for (const { events } of tabs) events.length = 0
  await one?.latchkey.set(grant(5))
  await expect.poll(() => told(other?.events ?? [])).toEqual([['signed-in', 'other-tab']])
  expect(told(one?.events ?? [])).toEqual([['signed-in', 'this-tab']])
  const strategy = jwtStrategy({ storage: 'local' })
  const late = createLatchkey({ strategy, allowedOrigins: [ME], name, now: () => clock.now })
  onTestFinished(() => late.dispose())
  const { events } = listen(late)
  await expect
    .poll(() => told(events))
    .toEqual([
      ['initial', undefined],
      ['signed-in', undefined],
    ])
})

test('another user’s sign-in says the same', async () => {
  const { tabs } = await openTabs(2)
  const [one, other] = tabs
  for (const { events } of tabs) events.length = 0
  await one?.latchkey.set(grant(5, 'bob'))
  await expect.poll(() => told(other?.events ?? [])).toEqual([['user-changed', 'other-tab']])
  expect(told(one?.events ?? [])).toEqual([['user-changed', 'this-tab']])
})

test('a sign-out is this tab’s or another one’s, whatever has led to it', async () => {
  for (const [end, reasons] of [
    [(one: Tab) => one.latchkey.clear(), ['cleared', 'other-tab']],
    [(one: Tab) => one.latchkey.refresh(), ['refresh-rejected', 'refresh-rejected']],
  ] as const) {
    const { tabs, server } = await openTabs(2)
    server.answer = async () => null
    for (const { events } of tabs) events.length = 0
    const [one, other] = tabs
    if (one) await end(one)
    await expect.poll(() => told(other?.events ?? [])).toEqual([['signed-out', 'other-tab']])
    expect(told(one?.events ?? [])).toEqual([['signed-out', 'this-tab']])
    expect(tabs.map(({ latchkey }) => latchkey.state.reason)).toEqual(reasons)
  }
})
