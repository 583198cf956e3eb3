import { expect, onTestFinished, test, vi } from 'vitest'
import { createLatchkey, type Latchkey, type LatchkeyEvent, sessionStrategy } from '../../../src/index.js'
import { settled } from '../../shared/fixtures/events.js'
import { API, ME, signedIn } from '../../shared/fixtures/instance.js'

/** What a listener is told that asks for requests, from now on. */
function watch(latchkey: Pick<Latchkey<never>, 'subscribe'>) {
  const told: LatchkeyEvent[] = []
  const stop = latchkey.subscribe((_, event) => told.push(event), { requests: true })
  told.length = 0
  return { told, stop }
}

test('a listener that asks for requests is told of each that went out with the credential; no other is', async () => {
  const { latchkey, events } = await signedIn()
  const { told } = watch(latchkey)
  await latchkey.fetch(`${ME}?secret`)
  await latchkey.fetch(ME, { method: 'POST', body: 'x' })
  await settled()
  expect(told).toEqual(Array(2).fill({ type: 'attached', origin: API }))
  expect(events).toEqual([])
})

test('a request that is sent again after a 401 is told again, after the refresh', async () => {
  const { latchkey, api } = await signedIn()
  api.good = 'at-1'
  const { told } = watch(latchkey)
  expect((await latchkey.fetch(ME)).status).toBe(200)
  await settled()
  expect(told.map(({ type }) => type)).toEqual(['attached', 'refreshed', 'attached'])
})

test('what went out without it is told to all, and never as attached', async () => {
  const { latchkey, events } = await signedIn()
  const { told } = watch(latchkey)
  await latchkey.fetch('https://other.example/')
  await latchkey.fetch(ME, { headers: { authorization: 'Basic eDp5' } })
  await settled()
  expect(told.map((event) => [event.type, Object(event).why])).toEqual([
    ['not-attached', 'foreign-origin'],
    ['not-attached', 'caller'],
  ])
  expect(events).toEqual(told)
})

test('an origin that is on the list with another path is told from one that is not there', async () => {
  const { latchkey, events } = await signedIn({ allowedOrigins: [`${API}/v1`] })
  await latchkey.fetch(`${API}/v2/me`)
  await latchkey.fetch('https://other.example/v1/me')
  await settled()
  const what = { type: 'not-attached', why: 'foreign-origin' }
  expect(events).toStrictEqual([
    { ...what, origin: API, isOtherPath: true },
    { ...what, origin: 'https://other.example', isOtherPath: undefined },
  ])
})

test('a request that leaves all to the browser while nobody is signed in is no attached one, and is told to those who ask', async () => {
  const latchkey = createLatchkey({
    strategy: sessionStrategy(),
    allowedOrigins: [API],
    fetch: async () => new Response(),
  })
  await latchkey.ready()
  const { told } = watch(latchkey)
  const { told: others } = watch({ subscribe: (listener) => latchkey.subscribe(listener) })
  await latchkey.fetch(ME)
  await latchkey.set({})
  await latchkey.fetch(ME)
  await settled()
  expect(told).toEqual([
    { type: 'not-attached', origin: API, why: 'signed-out' },
    { type: 'signed-in', by: 'this-tab' },
    { type: 'attached', origin: API },
  ])
  expect(others).toEqual(told.slice(1, 2))
  latchkey.dispose()
})

test('of an address without a host the scheme is told: its origin may be the page’s own', async () => {
  const { latchkey, events } = await signedIn({ fetch: async () => new Response() })
  await latchkey.fetch(`blob:${API}/0b0c`)
  await latchkey.fetch('data:,x')
  await settled()
  expect(events.map((event) => Object(event).origin)).toEqual(['blob:', 'data:'])
})

test('a listener that is stopped hears of no request, and neither does one of an instance that is disposed of', async () => {
  const { latchkey } = await signedIn()
  const [one, other] = [watch(latchkey), watch(latchkey)]
  const sent = latchkey.fetch(ME)
  one.stop()
  await sent
  await settled()
  const answer = latchkey.fetch(ME)
  latchkey.dispose()
  await answer.catch(() => {})
  await settled()
  expect([one.told.length, other.told.length]).toEqual([0, 1])
})

test('a request costs nothing for ordinary listeners, however many there are, and no URL is parsed for nobody', async () => {
  const { latchkey } = await signedIn()
  const later = vi.spyOn(globalThis, 'queueMicrotask')
  const parsed = vi.spyOn(globalThis, 'URL')
  onTestFinished(() => void vi.restoreAllMocks())
  const send = async () => {
    later.mockClear()
    parsed.mockClear()
    await latchkey.fetch(ME)
    return [later.mock.calls.length, parsed.mock.calls.length]
  }
  expect(await send()).toEqual([0, 0])
  for (let i = 0; i < 100; i += 1) latchkey.subscribe(() => {})
  expect(await send()).toEqual([0, 0])
  const { stop } = watch(latchkey)
  expect(await send()).toEqual([1, 1])
  stop()
  expect(await send()).toEqual([0, 0])
})

test.for([undefined, null, () => {}, { requests: false }, Object.create({ other: true })])(
  'whatever else stands where the options stand asks for nothing: %o',
  async (given) => {
    const { latchkey } = await signedIn()
    const told: LatchkeyEvent[] = []
    latchkey.subscribe((_, event) => told.push(event), given)
    await latchkey.fetch(ME)
    await settled()
    expect(told.map(({ type }) => type)).toEqual(['initial'])
  },
)

test('nothing that is written on Object.prototype makes a listener one for requests', async () => {
  const { latchkey, events } = await signedIn()
  const polluted = Object.assign(Object.prototype, { requests: true })
  onTestFinished(() => void Reflect.deleteProperty(Object.prototype, 'requests'))
  expect(Object({}).requests).toBe(polluted.requests)
  latchkey.subscribe((_, event) => events.push(event), {})
  latchkey.subscribe((_, event) => events.push(event))
  events.length = 0
  await latchkey.fetch(ME)
  await settled()
  expect(events).toEqual([])
})
