import { describe, expect, test, vi } from 'vitest'
import { lay, lying } from '../browser/once/places.js'
import { grant, LIFE, ME } from '../browser/tabs-fixtures.js'
import { codeOf } from '../shared/fixtures/events.js'
import { deferred, never } from '../shared/fixtures/faults.js'
import { bobStored, bobs, otherScript, sayFrom } from './fixtures/look-alike.js'
import { type Name, onlyAda, type Victim, victim } from './fixtures/victim.js'
import { tally } from './tally.js'

const timeout = 60_000

const records: Record<string, unknown> = {
  'a later number': { generation: 1_900_000_000_000 },
  'a number beyond all': { generation: Number.POSITIVE_INFINITY },
  'no number': { generation: 'the newest' },
  'not a record': bobs,
  null: null,
  'an end': { generation: 1_900_000_000_000, ended: 'cleared' },
  'an end that there is not': { generation: 1_900_000_000_000, ended: { access_token: bobs } },
  'an attempt that does not end': { generation: 1_900_000_000_000, begunAt: 1_700_000_000_000 },
  'a failure for ever': { generation: 1_700_000_000_000, failedAt: 1_700_000_000_000, waitMs: 1e300 },
  'another place': { generation: 1_900_000_000_000, isElsewhere: true },
  'a credential': { generation: 1_900_000_000_000, access_token: bobs, refresh_token: 'rt-bob' },
}

test.for(Object.entries(records))(
  'a forged ledger gives nobody a credential, and nobody waits for ever: %s',
  { timeout },
  async ([, record], context) => {
    const attacked = tally(context, 'look-alike')
    // Some of these are waited for as long as a refresh may take.
    const at = await victim('jwt', { refreshTimeoutSeconds: 0.5 })
    await lay([['ledger', at.key, record]])
    sayFrom(window as never, at.key, 1_900_000_000_000)
    const begun = performance.now()
    await codeOf(at.latchkey.fetch(ME))
    at.clock.now += (LIFE + 1) * 1000
    const ends = await Promise.all([codeOf(at.latchkey.fetch(ME)), codeOf(at.latchkey.refresh())])
    const tookMs = performance.now() - begun
    const wrong = at.carried.filter((one) => one?.includes(bobs) || one?.includes('as bob'))
    attacked({ leaked: wrong.length > 0, nativeWouldLeak: Object(record).access_token === bobs })
    expect([wrong, ends.length]).toEqual([[], 2])
    // More than twice what a refresh may take and all that a store may.
    expect(tookMs).toBeLessThan(30_000)
    // A ledger that was spoilt is not for ever.
    await at.latchkey.clear()
    await at.latchkey.set(grant(3, 'ada'))
    await at.latchkey.fetch(ME)
    expect(at.carried.at(-1)).toBe(`Bearer ${grant(3, 'ada').access_token} as ada`)
  },
)

test('a lock that is never given back holds up nobody for ever, and no valid credential at all', {
  timeout,
}, async (context) => {
  const attacked = tally(context, 'look-alike')
  const refreshTimeoutSeconds = 2
  const at = await victim('jwt', { refreshTimeoutSeconds })
  const [held, kept] = [deferred(), deferred()]
  otherScript().navigator.locks.request(at.key, () => {
    held.resolve()
    return kept.promise
  })
  await held.promise
  const begun = performance.now()
  await at.latchkey.fetch(ME)
  const validMs = performance.now() - begun
  at.clock.now += (LIFE + 1) * 1000
  const ends = await Promise.all([codeOf(at.latchkey.fetch(ME)), codeOf(at.latchkey.refresh())])
  const allMs = performance.now() - begun
  attacked({ leaked: onlyAda(at.carried).length > 0, nativeWouldLeak: false })
  expect([onlyAda(at.carried), at.latchkey.state.status]).toEqual([[], 'degraded'])
  expect(ends).toEqual(['ERR_REFRESH_FAILED', 'ERR_REFRESH_FAILED'])
  expect(validMs).toBeLessThan((refreshTimeoutSeconds * 1000) / 2)
  expect(allMs).toBeLessThan(10_000)
  kept.resolve()
})

/** Puts Bob’s credential where Ada’s is. */
const replace = (name: Name, key: string, generation: number) =>
  lay([[name === 'jwt' ? 'local' : 'indexedDB', key, bobStored(generation)]])

/** What else happens when the store is replaced, until the instance knows of it; and what comes of a request meanwhile. */
const replacements: Record<string, (at: Victim, put: () => Promise<void>) => Promise<unknown>> = {
  'and says so': async (at, put) => {
    await put()
    sayFrom(window as never, at.key, 1_800_000_000_000)
  },
  'and says nothing, until hers has ended': async (at, put) => {
    await put()
    await at.latchkey.fetch(ME)
    at.clock.now += (LIFE + 1) * 1000
    return codeOf(at.latchkey.fetch(ME))
  },
  'while hers is renewed': async (at, put) => {
    at.server.answer = () => never()
    at.clock.now += (LIFE + 1) * 1000
    const waiting = codeOf(at.latchkey.fetch(ME))
    await expect.poll(() => at.server.spent.length, { timeout: 10_000 }).toBe(1)
    await put()
    sayFrom(window as never, at.key, 1_800_000_000_000)
    return waiting
  },
}

describe.for(['jwt', 'token'] as const)(
  'another user’s credential that a script puts into the store of %s',
  (name) => {
    test.for(Object.entries(replacements))(
      'never leaves as hers: %s',
      { timeout },
      async ([, happen], context) => {
        const attacked = tally(context, 'look-alike')
        const at = await victim(name)
        const end = await happen(at, () => replace(name, at.key, 1_800_000_000_000))
        await vi.waitFor(() => expect(at.types()).toContain('user-changed'), 10_000).catch(() => {})
        await at.latchkey.fetch(ME)
        const wrong = onlyAda(at.carried.slice(0, -1))
        // Read from the store for each request, his would have gone with what was hers.
        attacked({
          leaked: wrong.length > 0,
          nativeWouldLeak: JSON.stringify(await lying(at.key)).includes(bobs),
        })
        expect([wrong, at.carried.at(-1)]).toEqual([[], `Bearer ${bobs} as bob`])
        expect(at.types()).toContain('user-changed')
        expect([undefined, 'ERR_SIGNED_OUT']).toContain(end)
      },
    )
  },
)
