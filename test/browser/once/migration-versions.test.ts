import { describe, expect, test } from 'vitest'
import type { CredentialRecord } from '../../../src/index.js'
import { codeOf } from '../../shared/fixtures/events.js'
import { canMove, given, grant, type Kind, ME, oneApp, pairsOf } from './migration-fixtures.js'

const pairs = pairsOf(['cookie', 'jwt', 'token']).filter(([from, to]) => canMove(from, to))

/** An app knows its users, also where the strategy reads no claims. */
const subject = ({ access_token = '' }: CredentialRecord) =>
  JSON.parse(atob(access_token.split('.')[1] ?? '')).sub

/** A tab that has loaded the last version of the app, and one with the next, which has taken the credential over. */
async function twoVersions([from, to]: readonly [Kind, Kind]) {
  const app = oneApp()
  const older = app.open(from, [], { subject })
  await older.latchkey.set(given(from))
  const newer = app.open(to, [from], { subject })
  expect((await newer.latchkey.ready()).status).toBe('signed-in')
  /** What the server gets from the two: none, if a tab is signed out. */
  const sent = async () => {
    app.server.sent.length = 0
    for (const { latchkey } of [older, newer]) await latchkey.fetch(ME)
    return app.server.sent.map((one) => tokenIn(one))
  }
  return { ...app, older: older.latchkey, newer: newer.latchkey, tabs: [older, newer], sent }
}

const NO_COOKIE = 'of'
const tokenIn = (sent: string) => sent.split(' ')[1] ?? ''
const tokenOf = (number: number, sub = 'ann') => grant(number, sub).access_token

describe.for(pairs)('two versions at once, from %s to %s', (pair) => {
  const [, to] = pair

  test('the older one goes on with what it has in memory', async () => {
    const { sent, older, newer } = await twoVersions(pair)
    // A cookie that was moved is not sent by the browser any more.
    const expected = pair[0] === 'cookie' ? NO_COOKIE : tokenOf(0)
    expect(await sent()).toEqual([expected, tokenOf(0)])
    expect([older.state.status, newer.state.status]).toEqual(['signed-in', 'signed-in'])
  })

  test('a refresh in the older one is seen by the newer one, and its refresh token spent once', async () => {
    const { sent, older, newer, server, places, only } = await twoVersions(pair)
    await older.refresh()
    await expect.poll(async () => (await sent()).at(-1)).toBe(tokenOf(1))
    await newer.refresh()
    expect(server.spent).toEqual(['rt-0', 'rt-1'])
    await newer.fetch(ME)
    expect([tokenIn(server.sent.at(-1) ?? ''), await places()]).toEqual([tokenOf(2), only(to)])
  })

  test('after a refresh in the newer one the older one spends nothing twice, and ends no session', async () => {
    const { older, newer, server } = await twoVersions(pair)
    await newer.refresh()
    await codeOf(older.refresh())
    expect(server.spent).toEqual(['rt-0'])
    await newer.fetch(ME)
    expect([newer.state.status, tokenIn(server.sent.at(-1) ?? '')]).toEqual(['signed-in', tokenOf(1)])
    await newer.refresh()
    expect(server.spent).toEqual(['rt-0', 'rt-1'])
  })

  test('both refresh at the same time: one answer, one winner', async () => {
    const { older, newer, server, sent } = await twoVersions(pair)
    await Promise.all([codeOf(older.refresh()), codeOf(newer.refresh())])
    expect(new Set(server.spent).size).toBe(server.spent.length)
    const last = grant(server.spent.length).access_token
    await expect.poll(async () => (await sent()).at(-1)).toBe(last)
    expect(newer.state.status).toBe('signed-in')
    // The older one has the same, or none.
    const [olders = ''] = await sent()
    expect([last, NO_COOKIE, '']).toContain(olders)
  })

  test.for(['older', 'newer'] as const)(
    'a clear() in the %s one ends it in both, and nothing is left',
    async (which) => {
      const { places, open, ...both } = await twoVersions(pair)
      await both[which].clear()
      await expect
        .poll(() => [both.older.state.status, both.newer.state.status])
        .toEqual(['signed-out', 'signed-out'])
      await expect.poll(places).toEqual([])
      const [from] = pair
      for (const next of [open(to, [from]), open(from)])
        expect((await next.latchkey.ready()).status).toBe('signed-out')
    },
  )

  test('another user’s sign-in in the older one is a change of user in the newer one', async () => {
    const { older, newer, server, tabs } = await twoVersions(pair)
    await older.set(given(pair[0], 5, 'bob'))
    await expect.poll(() => tabs[1]?.types().includes('user-changed')).toBe(true)
    server.sent.length = 0
    await newer.fetch(ME)
    expect(server.sent.map(tokenIn)).toEqual([tokenOf(5, 'bob')])
  })

  test('another user’s sign-in in the newer one: the older one never sends the first one’s again', async () => {
    const { older, newer, server } = await twoVersions(pair)
    await newer.set(given(to, 5, 'bob'))
    await expect.poll(() => older.state.status, { timeout: 5000 }).toBe('signed-out')
    server.sent.length = 0
    await older.fetch(ME)
    await newer.fetch(ME)
    expect(server.sent).not.toContain(expect.stringContaining(tokenOf(0)))
    expect(tokenIn(server.sent.at(-1) ?? '')).toBe(tokenOf(5, 'bob'))
  })

  test('back to the older version alone, and on to the newer: signed in by what was set last', async () => {
    const { older, newer, signIn, open, server, places, only } = await twoVersions(pair)
    older.dispose()
    newer.dispose()
    await signIn(pair[0], given(pair[0], 7))
    const { latchkey } = open(to, [pair[0]])
    await latchkey.fetch(ME)
    expect([tokenIn(server.sent.at(-1) ?? ''), await places()]).toEqual([tokenOf(7), only(to)])
  })
})
