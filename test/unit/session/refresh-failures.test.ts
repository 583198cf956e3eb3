import { expect, test } from 'vitest'
import { codeOf, settled } from '../../shared/fixtures/events.js'
import { ME, world } from '../../shared/fixtures/instance.js'
import {
  type Answer,
  failures,
  json,
  optionsFor,
  rejected,
  tokenEndpoint,
  withEndpoint,
} from '../../shared/fixtures/token-endpoint.js'

const QUICK = { refreshTimeoutSeconds: 0.3 }

/** The first question is answered so often that one repetition makes no difference. */
const twice = (answer: Answer) => [answer, answer]

test.concurrent.for(Object.entries(failures))(
  '%s keeps the credential: degraded, still stored and still sent',
  async ([, answer]) => {
    const { latchkey, stored, types } = await withEndpoint(twice(answer), QUICK)
    expect(await codeOf(latchkey.refresh())).toBe('ERR_REFRESH_FAILED')
    await settled()
    expect([latchkey.state.status, types()]).toEqual(['degraded', ['degraded']])
    expect(stored()).toContain('rt-0')
    expect((await latchkey.fetch(ME)).status).toBe(200)
  },
)

test.concurrent.for(Object.entries(failures))(
  'after %s nobody is asked before retryAt, and then it is recovered',
  async ([, answer]) => {
    const { latchkey, endpoint, clock, types } = await withEndpoint(twice(answer), QUICK)
    await codeOf(latchkey.refresh())
    const { retryAt = 0 } = latchkey.state
    const calls = endpoint.spent.length
    clock.now = retryAt - 1
    await expect(latchkey.refresh()).rejects.toMatchObject({ code: 'ERR_REFRESH_FAILED', retryAt })
    expect(endpoint.spent).toHaveLength(calls)
    endpoint.answers = []
    clock.now = retryAt
    await latchkey.refresh()
    await settled()
    expect([types(), latchkey.state.status]).toEqual([['degraded', 'recovered'], 'signed-in'])
    expect(latchkey.state.retryAt).toBeUndefined()
  },
)

test.concurrent.for(Object.entries(failures))('after %s a reload is still signed in', async ([, answer]) => {
  const { latchkey, store, clock } = await withEndpoint(twice(answer), QUICK)
  await codeOf(latchkey.refresh())
  latchkey.dispose()
  const endpoint = tokenEndpoint()
  const next = world({ ...optionsFor(endpoint), now: () => clock.now }, store).latchkey
  expect((await next.ready()).status).toBe('signed-in')
  await next.refresh()
  expect(endpoint.spent).toEqual(['rt-0'])
})

test.for([
  ['400', rejected],
  ['401', () => json(401, { error: 'invalid_grant' })],
] as [string, Answer][])('%s invalid_grant ends the session, and nothing is stored', async ([, answer]) => {
  const { latchkey, store, types } = await withEndpoint([answer])
  await latchkey.refresh()
  await settled()
  expect(latchkey.state).toMatchObject({ status: 'signed-out', reason: 'refresh-rejected' })
  expect([types(), store.values.size]).toEqual([['signed-out'], 0])
})

test.for([
  ['invalid_client', 401],
  ['invalid_request', 400],
  ['temporarily_unavailable', 503],
] as const)('%s is the app’s or the server’s fault, and ends nothing', async ([error, status]) => {
  const { latchkey, stored } = await withEndpoint([() => json(status, { error })])
  expect(await codeOf(latchkey.refresh())).toBe('ERR_REFRESH_FAILED')
  expect([latchkey.state.status, stored().includes('rt-0')]).toEqual(['degraded', true])
})
