import { describe, expect, test } from 'vitest'
import {
  cookieStrategy,
  createLatchkey,
  csrfCookie,
  header,
  type Latchkey,
  memoryStrategy,
  query,
  sessionStrategy,
} from '../../src/index.js'
import type { Entry } from '../bench-server/record.js'
import { type BenchOrigin, newBench } from '../harness/bench.js'
import { dropCookie, sending, withBase, writeCookie } from './fixtures.js'

const csrf = csrfCookie({ cookie: 'XSRF-TOKEN', header: 'X-XSRF-TOKEN' })

type Signed = (origin: string) => Promise<Pick<Latchkey, 'fetch'>>

const strategies: Record<string, Signed> = {
  bearer: (origin) => sending(origin),
  'a header': (origin) => sending(origin, { strategy: memoryStrategy({ placement: header('X-Auth') }) }),
  'a query parameter': (origin) => sending(origin, { strategy: memoryStrategy({ placement: query('key') }) }),
  'a script-written cookie': async (origin) => {
    const strategy = cookieStrategy({ name: 'foreign-test', csrf })
    return sending(origin, { strategy })
  },
  'a session cookie': async (origin) => {
    const latchkey = createLatchkey({ strategy: sessionStrategy({ csrf }), allowedOrigins: [origin] })
    await latchkey.set({})
    return latchkey
  },
}

const visible = ({ method, url, headers, bodyBase64 }: Entry) => {
  const { host: _, connection: __, ...seen } = headers
  return { method, path: url.replace(/^\/[^/]*/, ''), headers: seen, bodyBase64 }
}

/** Sends the same requests to an origin of its own each, and tells what was recorded there. */
async function recorded(fetch: typeof globalThis.fetch, target: BenchOrigin) {
  await fetch(target.at('echo?a'))
  await fetch(target.at('echo/post'), { method: 'POST', body: new URLSearchParams({ a: 'b' }) })
  await fetch(new Request(target.at('echo/put'), { method: 'PUT', body: '{}', headers: { 'X-Own': '1' } }))
  return (await target.log()).map(visible)
}

describe.for(Object.entries(strategies))('with the credential as %s', ([, sign]) => {
  test('a request to another origin is byte for byte native: no header, no cookie, no preflight', async () => {
    writeCookie('XSRF-TOKEN=from-the-cookie; path=/')
    const { api, foreign } = newBench()
    const latchkey = await sign(api.origin)
    const ours = await recorded(latchkey.fetch, foreign)
    expect(ours).toEqual(await recorded(globalThis.fetch, newBench().foreign))
    expect(ours.map(({ method }) => method)).toEqual(['GET', 'POST', 'OPTIONS', 'PUT'])
    expect(JSON.stringify(ours)).not.toMatch(/token|from-the-cookie/i)
    dropCookie('XSRF-TOKEN')
    dropCookie('foreign-test')
  })
})

test('another port of the same host is another origin, and so is 127.0.0.1', async () => {
  const { api } = newBench()
  const latchkey = await sending(api.origin)
  const address = api.at('echo').replace('localhost', '127.0.0.1')
  const { headers } = await (await latchkey.fetch(address)).json()
  expect(headers.authorization).toBeUndefined()
})

test('the caller’s Authorization wins, in every form of headers, and is sent once', async () => {
  const { api } = newBench()
  const latchkey = await sending(api.origin)
  const authorization = 'Basic eDp5'
  const inits: RequestInit[] = [
    { headers: { authorization } },
    { headers: { AUTHORIZATION: authorization } },
    { headers: [['Authorization', authorization]] },
    { headers: new Headers({ authorization }) },
  ]
  for (const init of inits) {
    const answers = [
      await latchkey.fetch(api.at('echo'), init),
      await latchkey.fetch(new Request(api.at('echo'), init)),
    ]
    for (const answer of answers) expect((await answer.json()).headers.authorization).toBe(authorization)
  }
})

test('the caller’s header and query parameter win, too', async () => {
  const { api } = newBench()
  const byHeader = await sending(api.origin, { strategy: memoryStrategy({ placement: header('X-Auth') }) })
  const answer = await byHeader.fetch(api.at('echo'), { headers: { 'x-auth': 'mine' } })
  expect((await answer.json()).headers['x-auth']).toBe('mine')
  const byQuery = await sending(api.origin, { strategy: memoryStrategy({ placement: query('key') }) })
  expect((await (await byQuery.fetch(api.at('echo?key=mine'))).json()).url).toMatch(/\?key=mine$/)
})

test('signed out, no header is sent: not even an empty one, and no preflight is caused', async () => {
  const { api } = newBench()
  for (const placement of [undefined, header('X-Auth'), query('key')]) {
    const latchkey = createLatchkey({ strategy: memoryStrategy({ placement }), allowedOrigins: [api.origin] })
    await latchkey.fetch(api.at('echo'))
  }
  const log = await api.log()
  expect(log.map(({ method, url }) => `${method} ${url.split('/')[2]}`)).toEqual(Array(3).fill('GET echo'))
  for (const { headers } of log) {
    expect(Object.keys(headers)).not.toContain('authorization')
    expect(Object.keys(headers)).not.toContain('x-auth')
  }
})

test('a base element sends a relative address elsewhere, and the credential stays here', async () => {
  const { api, foreign } = newBench()
  const latchkey = await sending(api.origin)
  await withBase(foreign.at('echo/'), () => latchkey.fetch('relative'))
  await withBase(api.at('echo/'), () => latchkey.fetch('relative'))
  const authorizations = async (at: BenchOrigin) =>
    (await at.log()).filter(({ method }) => method === 'GET').map(({ headers }) => headers.authorization)
  expect([await authorizations(foreign), await authorizations(api)]).toEqual([[undefined], ['Bearer token']])
})

test('a base element elsewhere does not make that place the page’s own', async () => {
  const { foreign } = newBench()
  const latchkey = await sending('self')
  await withBase(foreign.at('echo/'), async () => {
    await latchkey.fetch('relative')
    await (await sending('self')).fetch('relative')
  })
  for (const { headers } of await foreign.log()) expect(headers.authorization).toBeUndefined()
})

test('an address whose text changes goes where it was looked at', async () => {
  const { api, foreign } = newBench()
  const latchkey = await sending(api.origin)
  let turn = 0
  const shifty = { toString: () => (turn++ % 2 ? foreign : api).at('echo') }
  await latchkey.fetch(shifty as unknown as string)
  expect([turn, await foreign.log()]).toEqual([1, []])
})

test('a Request whose url property lies goes by the URL it has', async () => {
  const { api, foreign } = newBench()
  const latchkey = await sending(api.origin)
  const request = new Request(foreign.at('echo'))
  Object.defineProperty(request, 'url', { value: api.at('echo') })
  await latchkey.fetch(request)
  expect((await foreign.log()).map(({ headers }) => headers.authorization)).toEqual([undefined])
})
