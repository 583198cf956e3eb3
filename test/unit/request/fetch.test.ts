import { afterEach, expect, test, vi } from 'vitest'
import { createLatchkey, memoryStrategy } from '../../../src/index.js'
import { listen, settled } from '../../shared/fixtures/events.js'
import { API, ME, signedIn } from '../../shared/fixtures/instance.js'

afterEach(() => {
  vi.unstubAllGlobals()
})

test('the global fetch is looked up at each call, so one replaced after import is used', async () => {
  const latchkey = createLatchkey({ strategy: memoryStrategy(), allowedOrigins: [API] })
  for (const name of ['first', 'second']) {
    vi.stubGlobal('fetch', async () => new Response(name))
    expect(await (await latchkey.fetch(ME)).text()).toBe(name)
  }
})

test('creating and disposing leave the global fetch as it is', async () => {
  const before = [globalThis.fetch, globalThis.XMLHttpRequest, globalThis.Request]
  const latchkey = createLatchkey({ strategy: memoryStrategy(), allowedOrigins: [API] })
  await latchkey.set({ access_token: 'x' })
  latchkey.dispose()
  expect([globalThis.fetch, globalThis.XMLHttpRequest, globalThis.Request]).toEqual(before)
})

test('the instance is frozen, and its methods work without it', async () => {
  const { latchkey } = await signedIn()
  const { fetch } = latchkey
  expect((await fetch(ME)).status).toBe(200)
  expect(Object.isFrozen(latchkey)).toBe(true)
})

test('nothing on the instance leads to the credential', async () => {
  const { latchkey } = await signedIn()
  expect(JSON.stringify(latchkey)).not.toContain('at-0')
  expect(Object.keys(latchkey).sort()).toEqual(
    'allows clear diagnose dispose eventSource fetch fingerprint migrate ready refresh set state subscribe through webSocket'.split(
      ' ',
    ),
  )
})

test('one Request is built: an address whose text changes is looked at once', async () => {
  const sent: string[] = []
  const { latchkey } = await signedIn({
    fetch: async ({ url, headers }) => {
      sent.push(`${url} ${headers.get('authorization')}`)
      return new Response()
    },
  })
  let turn = 0
  const shifty = { toString: () => (turn++ === 0 ? ME : 'https://evil.example/') }
  await latchkey.fetch(shifty as unknown as string)
  const reverse = { toString: () => (turn++ === 1 ? 'https://evil.example/' : ME) }
  await latchkey.fetch(reverse as unknown as string)
  expect(sent).toEqual([`${ME} Bearer at-0`, 'https://evil.example/ null'])
})

test('the caller’s headers and init are never written on', async () => {
  const { latchkey } = await signedIn()
  const headers = new Headers({ 'X-Mine': '1' })
  const init = Object.freeze({ headers, method: 'GET' })
  const request = new Request(ME)
  await latchkey.fetch(ME, init)
  await latchkey.fetch(request)
  expect([...headers.values(), ...request.headers.values()]).toEqual(['1'])
})

test('what the caller set wins, is told as such, and its 401 is no reason to refresh', async () => {
  const { latchkey, api, refresh, events } = await signedIn()
  const answer = await latchkey.fetch(ME, { headers: { authorization: 'Basic eDp5' } })
  await settled()
  expect([api.seen, answer.status, refresh.calls]).toEqual([['Basic eDp5'], 401, 0])
  expect(events).toEqual([{ type: 'not-attached', origin: API, why: 'caller' }])
})

test('an empty Authorization of the caller’s is the caller’s, too', async () => {
  const { latchkey, api } = await signedIn()
  await latchkey.fetch(ME, { headers: { authorization: '' } })
  expect(api.seen).toEqual([''])
})

test('a 401 from another origin is that origin’s affair', async () => {
  const { latchkey, refresh } = await signedIn({ fetch: async () => new Response('', { status: 401 }) })
  expect((await latchkey.fetch('https://other.example/')).status).toBe(401)
  expect([refresh.calls, latchkey.state.status]).toEqual([0, 'signed-in'])
})

test('a network error is passed on as it is, and is not sent again', async () => {
  const error = new TypeError('Failed to fetch')
  const fetch = vi.fn(() => Promise.reject(error))
  const { latchkey } = await signedIn({ fetch })
  await expect(latchkey.fetch(ME)).rejects.toBe(error)
  expect(fetch).toHaveBeenCalledTimes(1)
})

test('100 instances side by side never see each other’s credential', async () => {
  const seen = await Promise.all(
    Array.from({ length: 100 }, async (_, i) => {
      const { latchkey, api } = await signedIn()
      await latchkey.set({ access_token: `user-${i}` })
      await Promise.all([latchkey.fetch(ME).catch(() => {}), settled()])
      return api.seen[0] === `Bearer user-${i}`
    }),
  )
  expect(seen.every(Boolean)).toBe(true)
})

test('junk as an address rejects, and is no throw', async () => {
  const { latchkey } = await signedIn()
  const { events } = listen(latchkey)
  await expect(latchkey.fetch('http://')).rejects.toThrow(/URL/)
  expect(events).toHaveLength(1)
})
