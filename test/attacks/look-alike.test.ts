import { describe, expect, test } from 'vitest'
import { createLatchkey, jwtStrategy, type LatchkeyOptions, tokenStrategy } from '../../src/index.js'
import { lay } from '../browser/once/places.js'
import { grant, LIFE, ME, oneKey } from '../browser/tabs-fixtures.js'
import { codeOf } from '../shared/fixtures/events.js'
import { deferred, never, sleep } from '../shared/fixtures/faults.js'
import {
  believing,
  bobStored,
  bobs,
  messages,
  otherScript,
  pretendStored,
  sayFrom,
} from './fixtures/look-alike.js'
import { secretsIn } from './fixtures/secrets.js'
import { watchPage } from './fixtures/watched.js'
import { grantOf } from './fixtures/ways.js'
import { tally } from './tally.js'

const timeout = 60_000
const strategies = {
  jwt: () => jwtStrategy({ storage: 'local' }),
  token: () => tokenStrategy(),
}
type Name = keyof typeof strategies
const ADAS = grant(0, 'ada')

/** Ada’s instance, and what all requests carried and as whom they were sent. */
async function victim(name: Name = 'jwt', more: Partial<LatchkeyOptions> = {}) {
  const subject: LatchkeyOptions['subject'] = ({ access_token }) => (access_token === bobs ? 'bob' : 'ada')
  // Time enough for a database that has much else to do.
  const made = oneKey({ strategy: strategies[name](), subject, storageTimeoutSeconds: 2, ...more })
  const carried: (string | null)[] = []
  const fetch = async ({ headers }: Request) => {
    carried.push(`${headers.get('authorization')} as ${one.latchkey.state.subject}`)
    return new Response()
  }
  const one = await made.open({ fetch })
  await one.latchkey.set(ADAS)
  await expect.poll(() => one.types().at(-1)).toBe('signed-in')
  one.events.length = 0
  const key = `latchkey.${name}.${made.name}`
  return { ...one, ...made, key, carried }
}

type Victim = Awaited<ReturnType<typeof victim>>

/** Long enough for all that was said to have been looked into: a real change, that came later, has been followed. */
async function heard(at: Victim, name: Name): Promise<void> {
  const { latchkey } = await at.open({ strategy: strategies[name]() })
  await latchkey.set(grant(7, 'ada'))
  await expect.poll(() => at.types().length, { timeout: 10_000 }).toBeGreaterThan(0)
}

const onlyAda = (carried: readonly (string | null)[]) =>
  carried.filter((one) => one !== `Bearer ${ADAS.access_token} as ada`)

describe.for(['jwt', 'token'] as const)('a look-alike on the channel of %s', (name) => {
  test.for([
    ['another script', () => window],
    ['a frame', otherScript],
  ] as const)('is not believed, whatever it says: %s', { timeout }, async ([, realmOf], context) => {
    const attacked = tally(context, 'look-alike')
    const at = await victim(name)
    const [before, wrong] = [at.latchkey.state, [] as string[]]
    const realm = realmOf() as ReturnType<typeof otherScript>
    for (const [what, message] of Object.entries(messages)) {
      const naive = believing(at.key, ADAS.access_token)
      sayFrom(realm, at.key, message())
      await sleep(20)
      await at.latchkey.fetch(ME)
      const leaked = onlyAda(at.carried.splice(0)).length > 0
      attacked({ leaked, nativeWouldLeak: naive.token === bobs })
      if (leaked || at.latchkey.state !== before || at.events.length) wrong.push(what)
    }
    expect(wrong).toEqual([])
    expect(at.server.spent).toEqual([])
    await heard(at, name)
  })

  test('is no more work a thousand times: a call is answered, and a real change heard', {
    timeout,
  }, async (context) => {
    const attacked = tally(context, 'look-alike')
    const at = await victim(name)
    const before = at.latchkey.state
    const naive = believing(at.key, ADAS.access_token)
    for (const message of [{ access_token: bobs }, 1_900_000_000_000, bobs])
      sayFrom(otherScript(), at.key, message, 1000)
    const begun = performance.now()
    await at.latchkey.fetch(ME)
    expect(performance.now() - begun).toBeLessThan(5000)
    await sleep(200)
    attacked({ leaked: onlyAda(at.carried).length > 0, nativeWouldLeak: naive.token === bobs })
    expect([onlyAda(at.carried), at.latchkey.state === before, at.events]).toEqual([[], true, []])
    await heard(at, name)
  })

  test('that pretends what storage said is not believed', { timeout }, async (context) => {
    const attacked = tally(context, 'look-alike')
    // As where there is no channel: the events of storage are all there is.
    const at = await victim(name, { channel: () => undefined })
    const before = at.latchkey.state
    let naive = ADAS.access_token
    const believe = ({ newValue }: StorageEvent) => {
      if (newValue?.startsWith('{')) naive = JSON.parse(newValue).access_token
    }
    addEventListener('storage', believe)
    pretendStored(at.key)
    await sleep(500)
    removeEventListener('storage', believe)
    await at.latchkey.fetch(ME)
    attacked({ leaked: onlyAda(at.carried).length > 0, nativeWouldLeak: naive === bobs })
    expect([onlyAda(at.carried), at.latchkey.state === before, at.events]).toEqual([[], true, []])
  })
})

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
    const at = await victim()
    await lay([['ledger', at.key, record]])
    sayFrom(window as never, at.key, 1_900_000_000_000)
    const begun = performance.now()
    await codeOf(at.latchkey.fetch(ME))
    at.clock.now += (LIFE + 1) * 1000
    const ends = await Promise.all([codeOf(at.latchkey.fetch(ME)), codeOf(at.latchkey.refresh())])
    // Twice the time that a refresh may take, and all that a store may.
    expect([ends.length, performance.now() - begun < 30_000]).toEqual([2, true])
    const wrong = at.carried.filter((one) => one?.includes(bobs) || one?.includes('as bob'))
    attacked({ leaked: wrong.length > 0, nativeWouldLeak: Object(record).access_token === bobs })
    expect(wrong).toEqual([])
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
  const at = await victim()
  const [held, kept] = [deferred(), deferred()]
  otherScript().navigator.locks.request(at.key, () => {
    held.resolve()
    return kept.promise
  })
  await held.promise
  const begun = performance.now()
  await at.latchkey.fetch(ME)
  expect(performance.now() - begun).toBeLessThan(1000)
  at.clock.now += (LIFE + 1) * 1000
  const ends = [codeOf(at.latchkey.fetch(ME)), codeOf(at.latchkey.refresh())]
  expect(await Promise.all(ends)).toEqual(['ERR_REFRESH_FAILED', 'ERR_REFRESH_FAILED'])
  expect(performance.now() - begun).toBeLessThan(10_000)
  attacked({ leaked: onlyAda(at.carried).length > 0, nativeWouldLeak: false })
  expect([onlyAda(at.carried), at.latchkey.state.status]).toEqual([[], 'degraded'])
  kept.resolve()
})

/** Puts Bob’s credential where Ada’s is. */
const replace = (name: Name, key: string, generation: number) =>
  lay([[name === 'jwt' ? 'local' : 'indexedDB', key, bobStored(generation)]])

/** What else happens when the store is replaced, until the instance knows of it. */
const replacements: Record<string, (at: Victim, put: () => Promise<void>) => Promise<void>> = {
  'and says so': async (at, put) => {
    await put()
    sayFrom(window as never, at.key, 1_800_000_000_000)
  },
  'and says nothing, until hers has ended': async (at, put) => {
    await put()
    await at.latchkey.fetch(ME)
    at.clock.now += (LIFE + 1) * 1000
    expect(await codeOf(at.latchkey.fetch(ME))).toBe('ERR_SIGNED_OUT')
  },
  'while hers is renewed': async (at, put) => {
    at.server.answer = () => never()
    at.clock.now += (LIFE + 1) * 1000
    const waiting = codeOf(at.latchkey.fetch(ME))
    await expect.poll(() => at.server.spent.length).toBe(1)
    await put()
    sayFrom(window as never, at.key, 1_800_000_000_000)
    expect(await waiting).toBe('ERR_SIGNED_OUT')
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
        await happen(at, () => replace(name, at.key, 1_800_000_000_000))
        await expect.poll(at.types).toContain('user-changed')
        await at.latchkey.fetch(ME)
        const wrong = onlyAda(at.carried.slice(0, -1))
        // Read from the store for each request, his would have gone with what was hers.
        attacked({ leaked: wrong.length > 0, nativeWouldLeak: true })
        expect([wrong, at.carried.at(-1)]).toEqual([[], `Bearer ${bobs} as bob`])
      },
    )
  },
)

test('a look-alike that listens to all of a life hears numbers alone', { timeout }, async (context) => {
  const attacked = tally(context, 'look-alike')
  const { name } = { name: `listened-${crypto.randomUUID()}` }
  const key = `latchkey.jwt.${name}`
  const overheard: unknown[] = []
  const ear = new (otherScript().BroadcastChannel)(key)
  ear.onmessage = ({ data }) => overheard.push(data)
  const watched = watchPage()
  const latchkey = createLatchkey({
    strategy: jwtStrategy({ storage: 'local' }),
    allowedOrigins: ['self'],
    name,
    refresh: async () => grantOf('a JWT in localStorage', 1),
  })
  await latchkey.set(grantOf('a JWT in localStorage', 0))
  await latchkey.refresh()
  await latchkey.clear()
  await expect.poll(() => overheard.length).toBe(3)
  watched.stop()
  const found = secretsIn([overheard, watched.messages, watched.channels])
  attacked({ leaked: found.length > 0, nativeWouldLeak: true })
  expect([found, overheard.filter((one) => typeof one !== 'number')]).toEqual([[], []])
  latchkey.dispose()
  ear.close()
})
