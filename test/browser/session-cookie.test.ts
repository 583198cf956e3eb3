import { afterEach, expect, test } from 'vitest'
import { sessionStrategy } from '../../src/index.js'
import { type BenchOrigin, newBench } from '../harness/bench.js'
import { codeOf } from '../shared/fixtures/events.js'
import { echoed, forgetSession, make } from './session-fixtures.js'

/** Has the server set an HttpOnly session cookie, as a login does. */
function login(latchkey: { fetch: typeof fetch }, api: BenchOrigin) {
  const line = encodeURIComponent('sid=the-session; Path=/; HttpOnly')
  return latchkey.fetch(api.at(`set-cookie?line=${line}`), { method: 'POST' })
}

afterEach(forgetSession)

test('a login’s answer sets the cookie, and requests to the API carry it from then on', async () => {
  const { api } = newBench()
  const latchkey = make(api.origin)
  await login(latchkey, api)
  await latchkey.set({})
  expect((await echoed(await latchkey.fetch(api.at('echo')))).cookie).toContain('sid=the-session')
  expect(document.cookie).not.toContain('sid')
})

test('what the browser sends anyway needs no set: the state alone does', async () => {
  const { api } = newBench()
  const latchkey = make(api.origin)
  await login(latchkey, api)
  expect((await latchkey.ready()).status).toBe('signed-out')
  expect((await echoed(await latchkey.fetch(api.at('echo')))).cookie).toContain('sid=the-session')
})

test('a reload knows that a session was started, and what is kept for it holds no secret', async () => {
  const { api } = newBench()
  await make(api.origin).set({ expires_in: 600 })
  const { status, expiresAt = 0 } = await make(api.origin).ready()
  expect([status, Math.abs(expiresAt - Date.now() - 600_000) < 30_000]).toEqual(['signed-in', true])
  const kept = Object.values({ ...localStorage }).join()
  const { cache, ...marker } = JSON.parse(kept)
  expect(['no-store', undefined]).toContain(cache)
  expect(Object.keys(marker).sort()).toEqual(['expires_in', 'generation', 'line', 'receivedAt', 'v'])
})

test('the capabilities say that script can’t read it and the browser sends it', () => {
  expect(sessionStrategy().capabilities).toEqual({
    readable: false,
    persistent: true,
    perTab: false,
    sentBy: 'browser',
  })
})

test('an access token is not script’s to set here', async () => {
  const { api } = newBench()
  const set = make(api.origin).set({ access_token: 'x' } as never)
  expect(await codeOf(set)).toBe('ERR_CREDENTIAL_MALFORMED')
  expect(localStorage.length).toBe(0)
})

test('clear forgets the marker', async () => {
  const { api } = newBench()
  const latchkey = make(api.origin)
  await latchkey.set({})
  await latchkey.clear()
  expect([localStorage.length, (await make(api.origin).ready()).status]).toEqual([0, 'signed-out'])
})

test('the caller’s choice of credentials wins', async () => {
  const { api } = newBench()
  const latchkey = make(api.origin)
  await login(latchkey, api)
  const omitted = await echoed(await latchkey.fetch(api.at('echo'), { credentials: 'omit' }))
  expect(omitted.cookie ?? '').not.toContain('sid')
})

test('requests to the page’s own origin stay same-origin', async () => {
  const sent: Request[] = []
  const fetch = async (request: Request) => new Response(String(sent.push(request)))
  const latchkey = make('self', { fetch })
  await latchkey.fetch('/me')
  await latchkey.fetch('https://other.example/')
  expect(sent.map(({ credentials }) => credentials)).toEqual(['same-origin', 'same-origin'])
})
