import { afterEach, expect, test } from 'vitest'
import { newBench } from '../harness/bench.js'
import { dropCookie, writeCookie } from './fixtures.js'
import { echoed, forgetSession, make } from './session-fixtures.js'

afterEach(forgetSession)

test.for(['POST', 'PUT', 'PATCH', 'DELETE'])('a %s carries the CSRF header', async (method) => {
  writeCookie('XSRF-TOKEN=abc; path=/')
  const { api } = newBench()
  const headers = await echoed(await make(api.origin).fetch(api.at('echo'), { method }))
  expect(headers['x-xsrf-token']).toBe('abc')
})

test('GET and HEAD never carry it, and so cause no preflight', async () => {
  writeCookie('XSRF-TOKEN=abc; path=/')
  const { api } = newBench()
  const latchkey = make(api.origin)
  await latchkey.fetch(api.at('echo'))
  await latchkey.fetch(api.at('echo'), { method: 'HEAD' })
  const log = await api.log()
  expect(log.map(({ method }) => method)).toEqual(['GET', 'HEAD'])
  expect(log.some(({ headers }) => 'x-xsrf-token' in headers)).toBe(false)
})

test('the CSRF token is read when a request is sent: a rotated one is never stale', async () => {
  const { api } = newBench()
  const latchkey = make(api.origin)
  const seen: unknown[] = []
  for (const token of ['one', 'two', 'three']) {
    writeCookie(`XSRF-TOKEN=${token}; path=/`)
    seen.push((await echoed(await latchkey.fetch(api.at('echo'), { method: 'POST' })))['x-xsrf-token'])
  }
  expect(seen).toEqual(['one', 'two', 'three'])
})

test('the caller’s own CSRF header wins, an empty one too', async () => {
  writeCookie('XSRF-TOKEN=abc; path=/')
  const { api } = newBench()
  for (const mine of ['mine', '']) {
    const init = { method: 'POST', headers: { 'x-xsrf-token': mine } }
    expect((await echoed(await make(api.origin).fetch(api.at('echo'), init)))['x-xsrf-token']).toBe(mine)
  }
})

test('without the cookie there is no header, and a lookalike is not taken for it', async () => {
  const { api } = newBench()
  for (const line of ['XSRF-TOKEN2=abc', 'X-XSRF-TOKEN=abc', 'xsrf-token=abc']) writeCookie(`${line}; path=/`)
  const headers = await echoed(await make(api.origin).fetch(api.at('echo'), { method: 'POST' }))
  expect(Object.keys(headers)).not.toContain('x-xsrf-token')
  for (const name of ['XSRF-TOKEN2', 'X-XSRF-TOKEN', 'xsrf-token']) dropCookie(name)
})

test('a percent-encoded token is decoded, as Laravel’s and Spring’s have to be, and a lone percent is none', async () => {
  const { api } = newBench()
  const cases = { 'a%3D%3D': 'a==', '100%': '100%', 'a+b': 'a+b', '"q"': '"q"' }
  for (const [kept, token] of Object.entries(cases)) {
    writeCookie(`XSRF-TOKEN=${kept}; path=/`)
    const headers = await echoed(await make(api.origin).fetch(api.at('echo'), { method: 'POST' }))
    expect(headers['x-xsrf-token']).toBe(token)
  }
})

test('a foreign origin never gets the CSRF header, credentials or not', async () => {
  writeCookie('XSRF-TOKEN=abc; path=/')
  const { api, foreign } = newBench()
  await make(api.origin).fetch(foreign.at('echo'), { method: 'POST', credentials: 'include', body: 'x' })
  const log = await foreign.log()
  expect(log.map(({ method, headers }) => [method, headers['x-xsrf-token']])).toEqual([['POST', undefined]])
})

test('a 403 for a CSRF refusal signs nobody out', async () => {
  const { api } = newBench()
  const latchkey = make(api.origin)
  await latchkey.set({})
  expect((await latchkey.fetch(api.at('answers/403'), { method: 'POST' })).status).toBe(403)
  expect(latchkey.state.status).toBe('signed-in')
})
