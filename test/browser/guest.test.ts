import { afterEach, expect, test } from 'vitest'
import * as library from '../../src/index.js'
import { newBench } from '../harness/bench.js'
import { jwtOf } from '../shared/fixtures/jwt.js'
import { ownName } from './fixtures.js'
import { counted, nothing } from './left-behind.js'
import { counting, importInto, type Realm, snapshot } from './realm.js'

const frames: HTMLIFrameElement[] = []

afterEach(() => {
  for (const frame of frames.splice(0)) frame.remove()
})

/** A page of its own within this one, in which nothing was imported yet. */
function emptyPage(): Realm {
  const frame = document.createElement('iframe')
  frames.push(frame)
  document.body.append(frame)
  return frame.contentWindow as Realm
}

const used = (allowed: string, strategy: library.Strategy) =>
  library.createLatchkey<library.TokenResponse>({
    strategy,
    allowedOrigins: [allowed],
    name: ownName(),
    refresh: async () => ({ access_token: jwtOf({ sub: 'a', renewed: true }) }),
  })

test('importing does nothing: no global, storage, cookie, listener, timer or request', async () => {
  const page = emptyPage()
  const before = snapshot(page)
  const count = counting(page)
  const { createLatchkey } = await importInto(page).finally(count.stop)
  expect(typeof createLatchkey).toBe('function')
  expect(count.left()).toEqual({ listeners: 0, timers: 0 })
  expect(snapshot(page)).toEqual(before)
  const asked = page.performance.getEntriesByType('resource').map(({ name }) => name)
  expect(asked.filter((name) => !/\/(src|node_modules|@vite|@fs|@id)\//.test(name))).toEqual([])
})

test('creating a strategy or a client touches nothing', () => {
  const before = snapshot(window)
  const count = counted()
  const latchkey = { fetch: globalThis.fetch }
  library.jwtStrategy({ storage: 'local' })
  library.tokenStrategy()
  library.sessionStrategy({ csrf: library.csrfCookie({ cookie: 'a', header: 'X-A' }) })
  library.cookieStrategy({ name: 'guest' })
  library.createClient(latchkey)
  count.stop()
  expect([snapshot(window), count.left()]).toEqual([before, nothing])
})

test('an instance that was used and disposed of leaves no listener and no timer', async () => {
  const { api } = newBench()
  const count = counted()
  try {
    for (const strategy of [library.jwtStrategy({ storage: 'local' }), library.tokenStrategy()]) {
      const latchkey = used(api.origin, strategy)
      latchkey.subscribe(() => {})
      await latchkey.set({ access_token: jwtOf({ sub: 'a' }), expires_in: 3600 })
      await latchkey.fetch(api.at('answers/401,200'), { method: 'POST', body: 'x' })
      await latchkey.clear()
      latchkey.dispose()
    }
    await expect.poll(count.left).toEqual(nothing)
  } finally {
    count.stop()
  }
})

test('a signed-in instance holds no timer while nothing happens, however short the life', async () => {
  const count = counted()
  const latchkey = used('self', library.memoryStrategy())
  await latchkey.set({ access_token: 'a', expires_in: 5 })
  await latchkey.ready()
  count.stop()
  expect(count.left().timers).toBe(0)
  latchkey.dispose()
})

test('the globals are the page’s own after use and dispose', async () => {
  const before = snapshot(window)
  const latchkey = used('self', library.memoryStrategy())
  await latchkey.set({ access_token: 'a' })
  latchkey.dispose()
  expect(snapshot(window)).toEqual(before)
})

test('fetch is called as the browser wants it: no "Illegal invocation"', async () => {
  const { api } = newBench()
  const options = { strategy: library.memoryStrategy(), allowedOrigins: [api.origin] }
  const { fetch: detached } = library.createLatchkey(options)
  expect((await detached(api.at('echo'))).status).toBe(200)
  const injected = library.createLatchkey({ ...options, fetch: globalThis.fetch })
  expect((await injected.fetch(api.at('echo'))).status).toBe(200)
})

test('a second copy of the library, in a frame, finds what the first has stored', async () => {
  const other = await importInto(emptyPage())
  expect(other.LatchkeyError).not.toBe(library.LatchkeyError)
  const name = ownName()
  const options = { allowedOrigins: ['self'], name }
  const first = library.createLatchkey({ strategy: library.tokenStrategy(), ...options })
  await first.set({ access_token: 'a', expires_in: 60 })
  const second = other.createLatchkey({ strategy: other.tokenStrategy(), ...options })
  expect((await second.ready()).status).toBe('signed-in')
  await second.clear()
})
