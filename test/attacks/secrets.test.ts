import { describe, expect, test } from 'vitest'
import { createLatchkey, memoryStrategy, query } from '../../src/index.js'
import type { Entry } from '../bench-server/record.js'
import { newBench } from '../harness/bench.js'
import { sharedOut } from '../harness/shared-out.js'
import { handWritten, likeAxios } from './fixtures/hand-written.js'
import { live } from './fixtures/life.js'
import { others, provoked } from './fixtures/provoked.js'
import { attempt, renderings, secrets, secretsIn, secretsReachedFrom } from './fixtures/secrets.js'
import { ways } from './fixtures/ways.js'
import { tally } from './tally.js'

const timeout = 60_000

// No engine decides what is left where, and a whole life takes seconds.
test.for(sharedOut(Object.keys(ways)))(
  'no place of the page holds a part of a secret, with %s',
  { timeout },
  async (way, context) => {
    const attacked = tally(context, 'secrets')
    const { places, watched } = await live(way)
    const wrong = Object.entries(places).flatMap(([place, { value, but }]) => {
      const found = secretsIn(value, but)
      const naive = secretsIn(handWritten[place]?.(secrets.opaque), but)
      attacked({ leaked: found.length > 0, nativeWouldLeak: naive.length > 0 })
      return found.map((one) => `${place}: ${one}`)
    })
    expect(wrong).toEqual([])
    expect([watched.written, watched.failures]).toEqual([[], []])
  },
)

test('a life has something in each place, or its places would prove nothing', { timeout }, async () => {
  const { places } = await live('a JWT in localStorage')
  const empty = ['the console', 'what nobody has caught']
  for (const [place, { value }] of Object.entries(places))
    expect([place, JSON.stringify(value) !== '[]']).toEqual([place, !empty.includes(place)])
  expect(places['names of Web Locks']?.value).toEqual([[expect.stringMatching(/^latchkey\.jwt\.test-/)]])
  expect(places['messages to other tabs']?.value).toEqual(Array(3).fill(expect.any(Number)))
})

test('with the credential in the URL, no request says where it came from, and no page it leads to hears of it', {
  timeout,
}, async (context) => {
  const attacked = tally(context, 'secrets')
  const { api, foreign } = newBench()
  const strategy = memoryStrategy({ placement: query('token') })
  const latchkey = createLatchkey({ strategy, allowedOrigins: [api.origin] })
  await latchkey.set({ access_token: secrets.opaque })
  const to = encodeURIComponent(foreign.at('echo'))
  const init: RequestInit = { referrer: `/?token=${secrets.opaque}`, referrerPolicy: 'unsafe-url' }
  await latchkey.fetch(api.at('echo'), init)
  await latchkey.fetch(api.at(`redirect/307?to=${to}`), { ...init, redirect: 'follow' })
  for (const [log, native] of [
    [await api.log(), newBench().api],
    [await foreign.log(), newBench().foreign],
  ] as const) {
    await fetch(native.at('echo'), init)
    const refererIn = (entries: readonly Entry[]) =>
      secretsReachedFrom(entries.map(({ headers }) => headers.referer)).length > 0
    const leaked = refererIn(log)
    attacked({ leaked, nativeWouldLeak: refererIn(await native.log()) })
    expect([leaked, log.map(({ headers }) => headers.referer)]).toEqual([false, log.map(() => undefined)])
  }
})

/** How an error is looked at; each is a case. */
const looks = {
  message: (error: unknown) => Object(error).message,
  stack: (error: unknown) => Object(error).stack,
  cause: (error: unknown) => Object(error).cause,
  ...renderings,
}

const all = Object.entries({ ...provoked, 'no code of its own': others }).flatMap(([code, made]) =>
  Object.entries(made).map(([why, provoke]) => [code, why, provoke] as const),
)

describe('no error holds a part of a secret', () => {
  test.for(all)('%s: %s', { timeout }, async ([code, , provoke], context) => {
    const attacked = tally(context, 'secrets')
    const error = await provoke()
    expect(error).toBeInstanceOf(Error)
    if (code in provoked) expect(error).toHaveProperty('code', code)
    const wrong = Object.entries(looks).filter(([, look]) => {
      const seen = (one: unknown) => secretsReachedFrom(attempt(() => look(one))).length > 0
      const leaked = seen(error)
      attacked({ leaked, nativeWouldLeak: seen(likeAxios(secrets.opaque)) })
      return leaked
    })
    expect(wrong.map(([how]) => how)).toEqual([])
  })
})
