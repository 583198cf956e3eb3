import { beforeEach, expect, test, vi } from 'vitest'
import { csrfEndpoint, type SessionOptions, sessionStrategy } from '../../../src/index.js'
import { protectedBy } from '../../shared/fixtures/csrf-server.js'
import { codeOf, settled } from '../../shared/fixtures/events.js'
import { never, sleep } from '../../shared/fixtures/faults.js'
import { API } from '../../shared/fixtures/instance.js'
import { sessionServer, visits } from '../../shared/fixtures/probed.js'

// For a strategy of the app's own, what asks its probe is loaded: an app that was deployed anew may have it no more.
const network = vi.hoisted(() => ({ load: <M>(module: Promise<M>): Promise<M> => module }))
vi.mock('../../../src/load.js', async (original) => {
  const { loaded } = await original<typeof import('../../../src/load.js')>()
  return {
    loaded: (module: Promise<unknown>, ...more: [never, never]) => loaded(network.load(module), ...more),
  }
})
const there = network.load
const gone = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'))

beforeEach(() => {
  network.load = there
})

const visit = visits()
const own = (session: SessionOptions = { probe: `${API}/me` }) => ({
  ...sessionStrategy(session),
  probing: undefined,
})

test('who is signed in does not wait for it', async () => {
  const { latchkey: before } = visit(sessionServer(), {}, { strategy: own() })
  await before.ready()
  before.dispose()
  network.load = never
  const { latchkey } = visit(sessionServer(), {}, { strategy: own(), refreshTimeoutSeconds: 20 })
  const ready = latchkey.ready().then(({ status }) => status)
  expect(await Promise.race([ready, sleep(500)])).toBe('signed-in')
})

test('who is signed out waits for it as long as for a refresh, and not twice', async () => {
  network.load = vi.fn(never)
  const { latchkey, events } = visit(sessionServer(), {}, { strategy: own() })
  expect((await latchkey.ready()).status).toBe('signed-out')
  expect(network.load).toHaveBeenCalledTimes(1)
  expect(events.at(-1)).toMatchObject({
    error: { code: 'ERR_REFRESH_FAILED', cause: { name: 'TimeoutError' } },
  })
})

test('a start without it could not know, so the server is asked when the tab is seen again', async () => {
  network.load = gone
  const { latchkey, events, types } = visit(sessionServer(), {}, { strategy: own() })
  expect((await latchkey.ready()).status).toBe('signed-out')
  expect(events.at(-1)).toMatchObject({ error: { code: 'ERR_REFRESH_FAILED' } })
  network.load = there
  document.dispatchEvent(new Event('visibilitychange'))
  await expect.poll(() => latchkey.state.subject).toBe('ada')
  expect(types()).toEqual(['initial', 'signed-out', 'signed-in'])
})

test('the server is not asked then if all was cleared meanwhile', async () => {
  network.load = gone
  const { server, latchkey } = visit(sessionServer(), {}, { strategy: own() })
  await latchkey.ready()
  await latchkey.clear()
  network.load = there
  document.dispatchEvent(new Event('visibilitychange'))
  await sleep(50)
  expect([latchkey.state.status, server.seen]).toEqual(['signed-out', []])
})

test('refresh() without it fails as with a server that is not there, and may be called again', async () => {
  network.load = gone
  const { latchkey } = visit(sessionServer(), {}, { strategy: own() })
  await latchkey.ready()
  expect(await codeOf(latchkey.refresh())).toBe('ERR_REFRESH_FAILED')
  network.load = there
  await latchkey.refresh()
  expect(latchkey.state.subject).toBe('ada')
})

test('nothing is sent again after a CSRF refusal before it is there and has asked whose the session is', async () => {
  const csrf = csrfEndpoint({ url: `${API}/csrf-token`, header: 'X-CSRF-Token' })
  const probe = async () => ({ claims: { sub: 'bob' } })
  network.load = gone
  const { server, latchkey, post } = protectedBy(csrf, { strategy: own({ csrf, probe }) })
  await latchkey.ready()
  await latchkey.set({ claims: { sub: 'ada' } })
  await post()
  await settled()
  network.load = there
  server.token = 'csrf-of-bob'
  expect(await codeOf(post('/form'))).toBe('ERR_SIGNED_OUT')
  expect(server.seen.filter((line) => line.includes('/form'))).toHaveLength(1)
  latchkey.dispose()
})
