import { expect, test } from 'vitest'
import { codeOf } from '../../shared/fixtures/events.js'
import { deferred, sleep } from '../../shared/fixtures/faults.js'
import { FIRST, ME, signedIn, world } from '../../shared/fixtures/instance.js'

const statuses = (responses: Response[]) => responses.map(({ status }) => status)

test('20 requests that are refused at once cost one refresh, and each is sent once more', async () => {
  const { latchkey, api, refresh } = await signedIn()
  api.good = 'another'
  refresh.before = () => sleep(20)
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => latchkey.fetch(`${ME}?${i}`)))
  expect(statuses(answers)).toEqual(Array(20).fill(200))
  expect(refresh.calls).toBe(1)
  expect(api.seen).toEqual([...Array(20).fill('Bearer at-0'), ...Array(20).fill('Bearer at-1')])
})

test('20 refusals that come in one after the other cost one refresh', async () => {
  const { latchkey, api, refresh } = await signedIn()
  api.good = 'another'
  refresh.before = () => sleep(30)
  api.before = ({ url }) => sleep(5 * Number(url.split('?')[1]))
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => latchkey.fetch(`${ME}?${i}`)))
  expect(statuses(answers)).toEqual(Array(20).fill(200))
  expect(refresh.calls).toBe(1)
  expect(api.seen).toHaveLength(40)
})

test('a late 401 for an older credential is resent with the current one, without a refresh', async () => {
  const { latchkey, api, refresh } = await signedIn()
  api.good = 'at-9'
  const late = deferred()
  api.before = () => late.promise
  const asked = latchkey.fetch(ME)
  await sleep(5)
  await latchkey.set({ access_token: 'at-9' })
  late.resolve()
  expect((await asked).status).toBe(200)
  expect([refresh.calls, api.seen]).toEqual([0, ['Bearer at-0', 'Bearer at-9']])
})

test('a second 401 is returned as it is: no loop', async () => {
  const sent: Request[] = []
  const refuse = async (request: Request) => {
    sent.push(request)
    return new Response('', { status: 401 })
  }
  const { latchkey, refresh } = await signedIn({ fetch: refuse })
  expect((await latchkey.fetch(ME)).status).toBe(401)
  expect([refresh.calls, sent.length, latchkey.state.status]).toEqual([1, 2, 'signed-in'])
})

test('a 403 is an answer, not a sign-out and no reason to refresh', async () => {
  const { latchkey, refresh } = await signedIn({ fetch: async () => new Response('', { status: 403 }) })
  expect((await latchkey.fetch(ME)).status).toBe(403)
  expect([refresh.calls, latchkey.state.status]).toEqual([0, 'signed-in'])
})

test('what counts as a refusal can be told', async () => {
  const { latchkey, refresh } = await signedIn({
    fetch: async () => new Response('', { status: 419 }),
    isAuthFailure: ({ status }) => status === 419,
  })
  await latchkey.fetch(ME)
  expect(refresh.calls).toBe(1)
})

test('a credential about to end is renewed before the request leaves', async () => {
  const { latchkey, api, clock, refresh } = await signedIn({ refreshBeforeSeconds: 60 })
  clock.now += 3539 * 1000
  await latchkey.fetch(ME)
  clock.now += 2 * 1000
  await Promise.all([latchkey.fetch(ME), latchkey.fetch(ME), latchkey.refresh()])
  expect([refresh.calls, api.seen]).toEqual([1, ['Bearer at-0', 'Bearer at-1', 'Bearer at-1']])
})

test('a short life is not renewed before its half is over, so no renewal follows the last at once', async () => {
  const { latchkey, clock, refresh } = await signedIn({ refreshBeforeSeconds: 600 })
  await latchkey.set({ ...FIRST, expires_in: 20 })
  clock.now += 9_000
  await latchkey.fetch(ME)
  expect(refresh.calls).toBe(0)
  clock.now += 2_000
  await latchkey.fetch(ME)
  expect(refresh.calls).toBe(1)
})

test('a life of ten years needs no refresh for a long time, and no timer', async () => {
  const { latchkey, clock, refresh } = world()
  await latchkey.set({ ...FIRST, expires_in: 10 * 365 * 86_400 })
  clock.now += 3600 * 1000
  await latchkey.fetch(ME)
  expect(refresh.calls).toBe(0)
})

test('a refresh answer without a refresh token leaves the old one in use', async () => {
  const spent: unknown[] = []
  const { latchkey } = await signedIn({
    refresh: async ({ credential }) => {
      spent.push(credential.refresh_token)
      return { access_token: 'next' }
    },
  })
  await latchkey.refresh()
  await latchkey.refresh()
  expect(spent).toEqual(['rt-0', 'rt-0'])
})

test('without a refresh a 401 is returned, and asking for one says that there is none', async () => {
  const { latchkey, api } = await signedIn({ refresh: undefined })
  api.good = 'another'
  expect((await latchkey.fetch(ME)).status).toBe(401)
  expect(await codeOf(latchkey.refresh())).toBe('ERR_NOT_REFRESHABLE')
  expect(latchkey.state.status).toBe('signed-in')
})
