import { expect, test } from 'vitest'
import { createLatchkey, header, type LatchkeyOptions, memoryStrategy } from '../../src/index.js'
import { newBench } from '../harness/bench.js'
import { codeOf } from '../shared/fixtures/events.js'

/** Signed in at the bench server, with what a browser would carry along a redirect. */
async function signedIn(origin: string, more: Partial<LatchkeyOptions> = {}) {
  const seen: string[] = []
  let refreshes = 0
  const latchkey = createLatchkey({
    strategy: memoryStrategy({ placement: header('X-Auth') }),
    allowedOrigins: [origin],
    refresh: async () => ({ access_token: `token-${++refreshes}` }),
    isAuthFailure: ({ type, status }) => {
      seen.push(type)
      return type === 'opaqueredirect' || type === 'error' || status === 401
    },
    ...more,
  })
  await latchkey.set({ access_token: 'token-0' })
  return { latchkey, seen, refreshes: () => refreshes }
}

const sent = async ({ log }: ReturnType<typeof newBench>['api']) =>
  (await log()).filter(({ method }) => method !== 'OPTIONS').map(({ headers }) => headers['x-auth'])

test('a redirect to a login page can be told to be a refusal: it refreshes and sends again', async () => {
  const { api } = newBench()
  const { latchkey, seen } = await signedIn(api.origin)
  expect((await latchkey.fetch(api.at('answers/302,200'))).status).toBe(200)
  expect([seen, await sent(api)]).toEqual([['opaqueredirect'], ['token-0', 'token-1']])
})

test('with the redirect mode “manual” of the caller’s own, too', async () => {
  const { api } = newBench()
  const { latchkey, seen } = await signedIn(api.origin)
  const answer = await latchkey.fetch(api.at('answers/302,200'), { redirect: 'manual' })
  expect([answer.status, seen]).toEqual([200, ['opaqueredirect']])
})

test('a redirect that stays one after the refresh is refused, as without it', async () => {
  const { api } = newBench()
  const { latchkey, refreshes } = await signedIn(api.origin)
  expect(await codeOf(latchkey.fetch(api.at('answers/302')))).toBe('ERR_REDIRECT_REFUSED')
  expect(refreshes()).toBe(1)
})

test('by default a redirect is refused, and is no reason to refresh', async () => {
  const { api } = newBench()
  const { latchkey, refreshes } = await signedIn(api.origin, { isAuthFailure: undefined })
  expect(await codeOf(latchkey.fetch(api.at('answers/302,200')))).toBe('ERR_REDIRECT_REFUSED')
  expect([refreshes(), (await sent(api)).length]).toEqual([0, 1])
})

test('a connection that breaks can be told to be a refusal, and its own error is what comes of it', async () => {
  const { api } = newBench()
  const { latchkey, seen, refreshes } = await signedIn(api.origin)
  expect(await codeOf(latchkey.fetch(api.at('drop')))).toBeInstanceOf(TypeError)
  expect([seen, refreshes()]).toEqual([['error'], 1])
})

test('by default a connection that breaks is no reason to refresh', async () => {
  const { api } = newBench()
  const { latchkey, refreshes } = await signedIn(api.origin, { isAuthFailure: undefined })
  expect(await codeOf(latchkey.fetch(api.at('drop')))).toBeInstanceOf(TypeError)
  expect(refreshes()).toBe(0)
})
