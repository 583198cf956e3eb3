import { expect, test } from 'vitest'
import { isLatchkeyError } from '../../../src/index.js'
import { codeOf } from '../../shared/fixtures/events.js'
import { ME } from '../../shared/fixtures/instance.js'
import { type Answer, json, refused, withEndpoint } from '../../shared/fixtures/token-endpoint.js'

const START = 1_700_000_000_000
const SERVER = START - 26 * 3_600_000
const utc = (ms: number) => new Date(ms).toUTCString()

/** By the clock of the server, which the answer shows as well, and which is another one than the device's. */
const asDate: Answer = () => json(429, {}, { Date: utc(SERVER), 'Retry-After': utc(SERVER + 30_000) })

const ways: Record<string, Answer> = {
  seconds: refused,
  'a date of the server’s': asDate,
  'a date': () => json(503, {}, { 'Retry-After': utc(START + 30_000) }),
}

for (const [how, answer] of Object.entries({ seconds: refused, 'a date': asDate })) {
  test.for(['refresh', 'fetch'] as const)(
    `with Retry-After as ${how}, a %s ten times a second is at most three questions in a minute`,
    async (asking) => {
      const { latchkey, endpoint, clock } = await withEndpoint(Array(9).fill(answer))
      const askedAt: number[] = []
      clock.now += 3_601_000
      for (let tenth = 0; tenth < 600; tenth += 1) {
        const calls = endpoint.spent.length
        await codeOf(asking === 'fetch' ? latchkey.fetch(ME) : latchkey.refresh())
        if (endpoint.spent.length > calls) askedAt.push(tenth / 10)
        clock.now += 100
      }
      expect(askedAt).toEqual([0, 30])
    },
  )
}

for (const [how, answer] of Object.entries(ways)) {
  test(`Retry-After as ${how} is in the error, in that of who asks too early, and in the state`, async () => {
    const { latchkey, clock } = await withEndpoint([answer])
    const retryAt = START + 30_000
    for (const early of [0, 10_000]) {
      clock.now = START + early
      const error: unknown = await latchkey.refresh().catch((thrown: unknown) => thrown)
      expect(isLatchkeyError(error)).toBe(true)
      expect(error).toMatchObject({ code: 'ERR_REFRESH_FAILED', retryAt })
      expect(latchkey.state).toMatchObject({ status: 'degraded', retryAt })
    }
  })
}

test('asking too early changes nothing that can be seen: the state stays the same object', async () => {
  const { latchkey, events } = await withEndpoint([refused])
  await codeOf(latchkey.refresh())
  const before = latchkey.state
  for (let i = 0; i < 10; i += 1) await codeOf(latchkey.refresh())
  expect(latchkey.state).toBe(before)
  expect(events).toHaveLength(1)
})

test('while it waits, a credential that still lives is sent', async () => {
  const { latchkey, endpoint, clock } = await withEndpoint([refused])
  clock.now += 3_580_000
  for (let i = 0; i < 5; i += 1) expect((await latchkey.fetch(ME)).status).toBe(200)
  expect(endpoint.spent).toHaveLength(1)
})

test('a server that says a year is obeyed for a day', async () => {
  const { latchkey } = await withEndpoint([() => json(429, {}, { 'Retry-After': `${365 * 86_400}` })])
  await codeOf(latchkey.refresh())
  expect(latchkey.state.retryAt).toBe(START + 86_400_000)
})
