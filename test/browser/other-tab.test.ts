import { describe, expect, test } from 'vitest'
import { codeOf } from '../shared/fixtures/events.js'
import { deferred } from '../shared/fixtures/faults.js'
import { type Answer, grant, LIFE, ME, openTabs } from './tabs-fixtures.js'

const silent = { channel: () => undefined }
const outcomes: [string, Answer][] = [
  ['a new token', grant(1)],
  ['invalid_grant', null],
]

/** Two tabs, of which the first waits for its refresh since the credential has ended. */
async function refreshing(more = {}) {
  const { clock, name, server, tabs } = await openTabs(2, more)
  const [one, other] = tabs
  if (!one || !other) throw new Error('too few tabs')
  const answer = deferred<Answer>()
  server.answer = () => answer.promise
  clock.now += (LIFE + 1) * 1000
  const waiting = codeOf(one.latchkey.fetch(ME))
  await expect.poll(() => server.spent.length).toBe(1)
  one.events.length = 0
  const stored = () => String(localStorage.getItem(`latchkey.jwt.${name}`))
  return { ...one, other: other.latchkey, answer, server, waiting, stored }
}

describe.for([
  ['with hints', {}],
  ['without any', silent],
] as const)('another tab, %s', ([, more]) => {
  test.for(outcomes)('signs out: %s that comes after that is not stored', async ([, outcome]) => {
    const { latchkey, other, answer, waiting, stored, types, server } = await refreshing(more)
    await other.clear()
    answer.resolve(outcome)
    expect(await waiting).toBe('ERR_SIGNED_OUT')
    expect(latchkey.state).toMatchObject({ status: 'signed-out', reason: 'other-tab' })
    expect([types(), server.seen, stored()]).toEqual([['signed-out'], [], 'null'])
  })

  test.for(outcomes)('signs in again: %s that comes after that is not stored', async ([, outcome]) => {
    const { latchkey, other, answer, waiting, stored, types, server } = await refreshing(more)
    const chosen = grant(7)
    await other.set(chosen)
    answer.resolve(outcome)
    expect(await waiting).toBe('fulfilled')
    expect([latchkey.state.status, types()]).toEqual(['signed-in', ['refreshed']])
    expect([server.seen, stored().includes('rt-7')]).toEqual([[`Bearer ${chosen.access_token}`], true])
  })

  test.for(outcomes)('signs in as somebody else: %s that comes after is not stored', async ([, outcome]) => {
    const { latchkey, other, answer, waiting, stored, types, server } = await refreshing(more)
    await other.set(grant(7, 'bob'))
    answer.resolve(outcome)
    expect(await waiting).toBe('ERR_SIGNED_OUT')
    expect([latchkey.state.subject, types(), server.seen]).toEqual(['bob', ['user-changed'], []])
    expect(stored()).toContain('rt-7')
  })
})

test('an answer that ends the session ends it in the other tab, for the same reason', async () => {
  const { other, answer, waiting, stored } = await refreshing()
  answer.resolve(null)
  await waiting
  await expect.poll(() => other.state.status).toBe('signed-out')
  expect([other.state.reason, stored()]).toEqual(['refresh-rejected', 'null'])
})
