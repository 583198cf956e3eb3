import { expect, test } from 'vitest'
import { listen, settled } from '../../shared/fixtures/events.js'
import { deferred, fakeStore } from '../../shared/fixtures/faults.js'
import { FIRST, ME, signedIn, world } from '../../shared/fixtures/instance.js'

/** A store whose first reading is answered when the test says so, with what another page has stored. */
async function slow(isSignedIn: boolean) {
  const store = fakeStore()
  if (isSignedIn) await world({}, store).latchkey.set(FIRST)
  const answer = deferred()
  store.before = () => answer.promise
  return { store, answer }
}

test.for([true, false])(
  'until it is known nobody is told "signed-out" (signed in: %s)',
  async (isSignedIn) => {
    const { store, answer } = await slow(isSignedIn)
    const { latchkey, types, api } = world({ storageTimeoutSeconds: 5 }, store)
    const sending = latchkey.fetch(ME)
    const ready = latchkey.ready()
    for (let turn = 0; turn < 5; turn += 1) await settled()
    expect([latchkey.state.status, latchkey.state.reason, types(), api.seen]).toEqual([
      'unknown',
      undefined,
      ['initial'],
      [],
    ])
    answer.resolve()
    const status = isSignedIn ? 'signed-in' : 'signed-out'
    expect((await ready).status).toBe(status)
    await settled()
    expect([types().slice(0, 2), (await sending).status]).toEqual([
      ['initial', status],
      isSignedIn ? 200 : 401,
    ])
  },
)

test('ready() is one answer for all who ask, early and late, and after every change the state as it is', async () => {
  const { latchkey } = world()
  const early = [latchkey.ready(), latchkey.ready()]
  const [one, other] = await Promise.all(early)
  expect([one, await latchkey.ready()]).toEqual([other, other])
  expect(one).toBe(latchkey.state)
  await latchkey.set(FIRST)
  expect(await latchkey.ready()).toBe(latchkey.state)
})

test('ready() resolves where the store throws, and again after that', async () => {
  const store = Object.assign(fakeStore(), { before: () => Promise.reject(new Error('broken')) })
  const { latchkey } = world({}, store)
  expect((await latchkey.ready()).status).toBe('signed-out')
  expect((await latchkey.ready()).status).toBe('signed-out')
})

test('who subscribes late is told at once how things are: signed in, degraded, signed out', async () => {
  const { latchkey, refresh } = await signedIn()
  const seen: string[] = []
  const look = () => latchkey.subscribe(({ status }, { type }) => seen.push(`${status} ${type}`))()
  look()
  refresh.before = () => Promise.reject(new TypeError('offline'))
  await latchkey.refresh().catch(() => {})
  look()
  await latchkey.clear()
  look()
  await settled()
  expect(seen).toEqual(['signed-in initial', 'degraded initial', 'signed-out initial'])
  const late = listen(latchkey)
  await latchkey.set(FIRST)
  await settled()
  expect(late.types()).toEqual(['initial', 'signed-in'])
})
