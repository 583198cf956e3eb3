import { expect, inject, test } from 'vitest'
import { newBench } from '../harness/bench.js'
import { type Engine, engines } from '../harness/engine.js'

const marks: Record<Engine, RegExp> = {
  chromium: /Chrome\/\d/,
  firefox: /Gecko\/.*Firefox\//,
  webkit: /AppleWebKit\/(?!.*Chrome).*Safari\//,
}

test('these tests run in a real browser of the engine which the project is named after', () => {
  const matching = engines.filter((engine) => marks[engine].test(navigator.userAgent))
  expect(matching).toEqual([inject('engine')])
})

test('the bench server has two origins, neither of them the page', () => {
  const { api, foreign } = inject('bench')
  expect(new Set([api, foreign, location.origin]).size).toBe(3)
})

test('a request to another origin is echoed, and logged there with its preflight', async () => {
  const { api, foreign } = newBench()
  const headers = { 'X-Probe': 'yes', 'Content-Type': 'application/json' }
  const response = await fetch(api.at('echo?a=1'), { method: 'PUT', headers, body: '{"b":2}' })
  const echoed = await response.json()
  expect(echoed).toMatchObject({ method: 'PUT', count: 1, bodyBytes: 7, headers: { 'x-probe': 'yes' } })
  expect(atob(echoed.bodyBase64)).toBe('{"b":2}')
  expect((await api.log()).map(({ method }) => method)).toEqual(['OPTIONS', 'PUT'])
  expect(await foreign.log()).toEqual([])
})

test('answers come in their order, and what a test may read of them is exposed', async () => {
  const { api } = newBench()
  const first = await fetch(api.at('answers/401,200'), { credentials: 'include' })
  const later = await fetch(api.at('answers/401,200'), { credentials: 'include' })
  expect([first.status, later.status]).toEqual([401, 200])
  expect(first.headers.get('WWW-Authenticate')).toContain('invalid_token')
})

test('a redirect goes to another origin', async () => {
  const { api, foreign } = newBench()
  const target = encodeURIComponent(foreign.at('echo'))
  const response = await fetch(api.at(`redirect/307?to=${target}`), { method: 'POST', body: 'x' })
  expect(response.url).toBe(foreign.at('echo'))
  expect(await foreign.log()).toMatchObject([{ method: 'POST', bodyBytes: 1 }])
})

test('a dropped connection is a network error', async () => {
  await expect(fetch(newBench().api.at('drop'))).rejects.toThrow(TypeError)
})
