import { afterEach, expect, test } from 'vitest'
import { newBench } from '../harness/bench.js'
import { diagnosed, told, wrong } from './diagnose-fixtures.js'
import { dropCookie, writeCookie } from './fixtures.js'

const COOKIE = 'csrf-diagnosed'

afterEach(() => dropCookie(COOKIE))

test('Access-Control-Allow-Headers that lacks the CSRF header is named, with that header', async () => {
  const { api } = newBench()
  const url = wrong(api, { 'Access-Control-Allow-Headers': 'x-own' })
  const findings = await diagnosed(url, { headers: ['X-Own', 'X-CSRFToken'] })
  expect(told(findings, 'Access-Control-Allow-Headers: X-CSRFToken')).toEqual(['allow-headers'])
  expect(await diagnosed(api.at('echo'), { headers: ['X-CSRFToken'] })).toEqual([])
})

test('a CSRF header of answers that the page may not see is named', async () => {
  const { api } = newBench()
  const csrfResponseHeader = 'X-CSRF-Token'
  const headers = { [csrfResponseHeader]: 'x', 'Access-Control-Expose-Headers': 'ETag' }
  const findings = await diagnosed(wrong(api, headers), { csrfResponseHeader })
  expect(told(findings, 'Access-Control-Expose-Headers: X-CSRF-Token')).toEqual(['expose-headers'])
  const seen = wrong(api, { [csrfResponseHeader]: 'x' })
  expect(await diagnosed(seen, { csrfResponseHeader })).toEqual([])
})

test('a CSRF cookie that this host’s page does not see: HttpOnly or Path', async () => {
  const { api } = newBench()
  const line = encodeURIComponent(`${COOKIE}=x; Path=/; HttpOnly`)
  await fetch(api.at(`set-cookie?line=${line}`), { credentials: 'include' })
  const findings = await diagnosed(api.at('echo'), { csrfCookie: COOKIE })
  expect(told(findings, 'HttpOnly', 'Path', `"${COOKIE}"`)).toEqual(['csrf-cookie'])
  const gone = encodeURIComponent(`${COOKIE}=; Path=/; HttpOnly; Max-Age=0`)
  await fetch(api.at(`set-cookie?line=${gone}`), { credentials: 'include' })
  writeCookie(`${COOKIE}=x; path=/`)
  expect(await diagnosed(api.at('echo'), { csrfCookie: COOKIE })).toEqual([])
})

test('a CSRF cookie that the answer itself has set is there', async () => {
  const { api } = newBench()
  const line = encodeURIComponent(`${COOKIE}=x; Path=/`)
  expect(await diagnosed(api.at(`set-cookie?line=${line}`), { csrfCookie: COOKIE })).toEqual([])
})

test('no page is shown another site’s CSRF cookie: an endpoint is what helps', async () => {
  const { api } = newBench()
  const there = api.at('echo').replace('localhost', '127.0.0.1')
  const findings = await diagnosed(there, { csrfCookie: COOKIE })
  expect(told(findings, 'csrfEndpoint()')).toEqual(['csrf-cookie'])
  expect(findings[0]?.message).not.toContain('Domain')
})

test('an endpoint that is asked with the credential has to be on the list, too', async () => {
  const { api, foreign } = newBench()
  const endpoints = [api.at('csrf'), foreign.at('csrf'), foreign.at('probe')]
  const findings = await diagnosed(api.at('echo'), { endpoints })
  expect(told(findings, `"${foreign.origin}"`)).toEqual(['not-allowed'])
  expect(await foreign.log()).toEqual([])
})
