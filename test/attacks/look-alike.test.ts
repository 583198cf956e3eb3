import { describe, expect, test } from 'vitest'
import { createLatchkey, jwtStrategy } from '../../src/index.js'
import { grant, ME } from '../browser/tabs-fixtures.js'
import { sleep } from '../shared/fixtures/faults.js'
import { handWritten } from './fixtures/hand-written.js'
import {
  believing,
  bigMessages,
  bobs,
  messages,
  otherScript,
  pretendStored,
  sayFrom,
} from './fixtures/look-alike.js'
import { secrets, secretsIn } from './fixtures/secrets.js'
import { ADAS, type Name, onlyAda, strategies, type Victim, victim } from './fixtures/victim.js'
import { watchPage } from './fixtures/watched.js'
import { grantOf } from './fixtures/ways.js'
import { tally } from './tally.js'

const timeout = 60_000
const aTokenResponse = messages['a token response'] as () => unknown
const all = { ...messages, ...bigMessages }

/** Long enough for all that was said to have been looked into: a real change, that came later, has been followed. */
async function heard(at: Victim, name: Name): Promise<void> {
  const { latchkey } = await at.open({ strategy: strategies[name]() })
  await latchkey.set(grant(7, 'ada'))
  await expect.poll(() => at.types().length, { timeout: 10_000 }).toBeGreaterThan(0)
}

describe.for(['jwt', 'token'] as const)('a look-alike on the channel of %s', (name) => {
  const scripts = {
    'another script': { realmOf: () => window as never, said: name === 'jwt' ? all : messages },
    // It says the same, from another realm.
    'a frame': { realmOf: otherScript, said: { 'a token response': aTokenResponse } },
  }
  test.for(Object.entries(scripts))(
    'is not believed, whatever it says: %s',
    { timeout },
    async ([, { realmOf, said }], context) => {
      const attacked = tally(context, 'look-alike')
      const at = await victim(name)
      const [before, wrong] = [at.latchkey.state, [] as string[]]
      const realm = realmOf()
      const isAsItWas = () => at.latchkey.state === before && at.events.length === 0
      for (const [what, message] of Object.entries<() => unknown>(said)) {
        const naive = believing(at.key, ADAS.access_token)
        sayFrom(realm, at.key, message())
        await naive.heard
        naive.stop()
        await sleep(10)
        await at.latchkey.fetch(ME)
        const leaked = onlyAda(at.carried.splice(0)).length > 0
        attacked({ leaked, nativeWouldLeak: naive.token === bobs })
        if (leaked || !isAsItWas()) wrong.push(what)
      }
      // What was understood late belongs to one before the last.
      await sleep(200)
      expect([wrong, isAsItWas(), at.server.spent]).toEqual([[], true, []])
      await heard(at, name)
      await at.latchkey.fetch(ME)
      expect(at.carried).toEqual([`Bearer ${grant(7, 'ada').access_token} as ada`])
    },
  )

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
    const tookMs = performance.now() - begun
    await sleep(200)
    attacked({ leaked: onlyAda(at.carried).length > 0, nativeWouldLeak: naive.token === bobs })
    expect([onlyAda(at.carried), at.latchkey.state === before, at.events]).toEqual([[], true, []])
    expect(tookMs).toBeLessThan(5000)
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

test('a look-alike that listens to all of a life hears numbers alone', { timeout }, async (context) => {
  const attacked = tally(context, 'look-alike')
  const name = `listened-${crypto.randomUUID()}`
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
  await expect.poll(() => overheard.length, { timeout: 10_000 }).toBe(3)
  watched.stop()
  const found = secretsIn([overheard, watched.messages, watched.channels])
  const naive = secretsIn(handWritten['messages to other tabs']?.(secrets.jwt))
  attacked({ leaked: found.length > 0, nativeWouldLeak: naive.length > 0 })
  expect([found, overheard.filter((one) => typeof one !== 'number')]).toEqual([[], []])
  latchkey.dispose()
  ear.close()
})
