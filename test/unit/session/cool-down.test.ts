import { expect, test } from 'vitest'
import { sleep } from '../../shared/fixtures/faults.js'
import { FIRST, fakeRefresh, ME, signedIn } from '../../shared/fixtures/instance.js'

/** An API that says 401 to whatever it gets, and a token endpoint that sees nothing wrong. */
async function refusing(expires_in?: number) {
  const [endpoint, sent] = [fakeRefresh(), [] as Request[]]
  const { latchkey, clock } = await signedIn({
    // Less than the cool-down, so that nothing is renewed for its end before.
    refreshBeforeSeconds: 1,
    refresh: async (context) => ({
      ...(await endpoint(context)),
      access_token: `${endpoint.calls}`,
      expires_in,
    }),
    fetch: async (request) => new Response(`${sent.push(request)}`, { status: 401 }),
  })
  return { latchkey, clock, refresh: endpoint, sent: () => sent.length }
}

test('100 requests in a row that are all refused cost one refresh and one resend', async () => {
  const { latchkey, refresh, sent } = await refusing()
  for (let i = 0; i < 100; i += 1) expect((await latchkey.fetch(ME)).status).toBe(401)
  expect([refresh.calls, sent(), latchkey.state.status]).toEqual([1, 101, 'signed-in'])
})

test('100 requests at once that are all refused cost one refresh, and one resend each', async () => {
  const { latchkey, refresh, sent } = await refusing()
  await Promise.all(Array.from({ length: 100 }, () => latchkey.fetch(ME)))
  await latchkey.fetch(ME)
  expect([refresh.calls, sent()]).toEqual([1, 201])
})

test.for([
  [undefined, 10],
  [3600, 10],
  [8, 4],
] as const)(
  'with a life of %s seconds the next refresh is allowed after %s seconds',
  async ([life, seconds]) => {
    const { latchkey, clock, refresh, sent } = await refusing(life)
    await latchkey.fetch(ME)
    clock.now += seconds * 1000 - 1
    await latchkey.fetch(ME)
    expect([refresh.calls, sent()]).toEqual([1, 3])
    clock.now += 1
    await latchkey.fetch(ME)
    expect(refresh.calls).toBe(2)
  },
)

test('an API that always refuses gets at most one refresh in each cool-down of a minute', async () => {
  const { latchkey, clock, refresh } = await refusing()
  for (let second = 0; second < 60; second += 0.5) {
    await latchkey.fetch(ME)
    clock.now += 500
  }
  expect(refresh.calls).toBe(6)
})

test('what was set is always renewed at its first 401, however short ago the last refresh was', async () => {
  const { latchkey, refresh } = await refusing()
  for (const calls of [1, 2, 3]) {
    await latchkey.set({ ...FIRST, access_token: `at-set-${calls}` })
    await latchkey.fetch(ME)
    await latchkey.fetch(ME)
    expect(refresh.calls).toBe(calls)
  }
})

test('20 refusals that come in over some time are one refresh and 20 resends, each once', async () => {
  const { latchkey, api, refresh } = await signedIn()
  api.good = 'another'
  api.before = ({ url }) => sleep(10 * Number(url.split('?')[1]))
  const asked = Array.from({ length: 20 }, (_, i) => latchkey.fetch(`${ME}?${i}`))
  const answers = await Promise.all(asked)
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
  expect([refresh.calls, api.seen.length]).toEqual([1, 40])
})
