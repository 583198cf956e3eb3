import { expect, inject, test } from 'vitest'
import { header, memoryStrategy, type Placement, query } from '../../src/index.js'
import type { Entry } from '../bench-server/record.js'
import { newBench } from '../harness/bench.js'
import { sending } from './fixtures.js'

const { api } = newBench()
const { origin } = api

type Fetch = typeof globalThis.fetch
type Case = (path: string) => Parameters<Fetch>

const own = { 'X-One': '1', Accept: 'text/x-own' }

/** A Request cannot be shared between the two fetches, so each input is made anew. */
const inputs: Record<string, (path: string, init?: RequestInit) => RequestInfo | URL> = {
  'an address': (path) => api.at(path),
  'a URL': (path) => new URL(api.at(path)),
  'a Request': (path, init) => new Request(api.at(path), init),
}

const headers: Record<string, () => HeadersInit | undefined> = {
  'no headers': () => undefined,
  'headers as an object': () => own,
  'headers as pairs': () => Object.entries(own),
  'headers as Headers': () => new Headers(own),
}

const inits: Record<string, RequestInit> = {
  'no more options': {},
  'another method and a body': { method: 'PUT', body: '{"a":1}' },
  'credentials, cache and mode': { credentials: 'include', cache: 'no-cache', mode: 'cors' },
  'no referrer': { referrerPolicy: 'no-referrer' },
  'a referrer of its own, in full': { referrer: '/a/page?b', referrerPolicy: 'unsafe-url' },
}

const cases: [string, Case][] = []
for (const [inputName, input] of Object.entries(inputs)) {
  for (const [headersName, made] of Object.entries(headers)) {
    for (const [initName, init] of Object.entries(inits)) {
      const given = made()
      const asInit = given ? { ...init, headers: given } : init
      cases.push([`${inputName}, ${headersName}, ${initName}`, (path) => [input(path), asInit]])
    }
    const given = made()
    const request = given ? { method: 'POST', body: 'x', headers: given } : { method: 'POST', body: 'x' }
    if (inputName === 'a Request') {
      cases.push([`a Request with ${headersName} of its own`, (path) => [input(path, request)]])
      cases.push([
        `a Request with ${headersName} of its own, and an init over it`,
        (path) => [input(path, request), { headers: { 'X-Over': '2' }, method: 'DELETE' }],
      ])
    }
  }
}

/** Everything the server can see of a request; the connection’s own headers aside. */
function visible({ method, url, headers: { connection: _, ...seen }, bodyBase64 }: Entry) {
  return { method, url, headers: seen, bodyBase64 }
}

async function seen(fetch: Fetch, make: Case, path: string) {
  const [input, init] = make(path)
  return visible(await (await fetch(input, init)).json())
}

/** By placement, what the native fetch’s request looks like with the credential on it. */
const placements: [string, Placement | undefined, (entry: ReturnType<typeof visible>) => object][] = [
  [
    'bearer',
    undefined,
    (entry) => ({ ...entry, headers: { ...entry.headers, authorization: 'Bearer token' } }),
  ],
  ['header', header('X-Auth'), (entry) => ({ ...entry, headers: { ...entry.headers, 'x-auth': 'token' } })],
]

for (const [name, placement, withCredential] of placements) {
  test.for(cases)(`${name}: %s: the credential is the one difference from native fetch`, async ([, make]) => {
    const latchkey = await sending(origin, { strategy: memoryStrategy({ placement }) })
    const native = await seen(globalThis.fetch, make, 'echo?a=%20b')
    expect(await seen(latchkey.fetch, make, 'echo?a=%20b')).toEqual(withCredential(native))
  })
}

test.for(cases)('query: %s: the parameter and the referrer are the one difference', async ([, make]) => {
  const latchkey = await sending(origin, { strategy: memoryStrategy({ placement: query('key') }) })
  const native = await seen(globalThis.fetch, make, 'echo?a=%20b')
  const { headers: ours, ...rest } = await seen(latchkey.fetch, make, 'echo?a=%20b')
  const { headers: theirs, ...nativeRest } = native
  expect(rest).toEqual({ ...nativeRest, url: `${native.url}&key=token` })
  expect(ours).toEqual({ ...theirs, referer: undefined })
})

test('the caller’s query is left as it was written', async () => {
  const latchkey = await sending(origin, { strategy: memoryStrategy({ placement: query('key') }) })
  for (const search of ['', '?', '?a', '?a=%20+b&a=%7E', '?%C3%A9=é', '?a=1#hash', '#hash']) {
    const native = await (await fetch(api.at(`echo${search}`))).json()
    const { url } = await (await latchkey.fetch(api.at(`echo${search}`))).json()
    expect(url.replace(/[?&]key=token$/, '')).toBe(native.url.replace(/\?$/, ''))
  }
})

test('mode, cache, redirect, integrity, keepalive and signal stay as the caller set them', async () => {
  const { signal } = new AbortController()
  const init: RequestInit = {
    mode: 'same-origin',
    cache: 'reload',
    redirect: 'error',
    integrity: 'sha256-x',
    keepalive: true,
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    method: 'PATCH',
    body: 'x',
    signal,
  }
  const names = [
    ...(['mode', 'cache', 'redirect', 'integrity', 'keepalive', 'credentials', 'method'] as const),
    ...(['referrerPolicy', 'destination'] as const),
  ]
  const native = new Request(api.at('echo'), init)
  for (const placement of [undefined, header('X-Auth'), query('key')]) {
    const sent: Request[] = []
    const fetch = async (request: Request) => new Response(String(sent.push(request)))
    const latchkey = await sending(origin, { strategy: memoryStrategy({ placement }), fetch })
    await latchkey.fetch(api.at('echo'), init)
    for (const name of names) expect([name, sent[0]?.[name]]).toEqual([name, native[name]])
  }
})

test('an abort by the caller is the caller’s AbortError, under way too', async () => {
  const latchkey = await sending(origin)
  const aborter = new AbortController()
  const asked = latchkey.fetch(api.at('hang'), { signal: aborter.signal })
  setTimeout(() => aborter.abort(), 50)
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
  await expect(latchkey.fetch(api.at('echo'), { signal: aborter.signal })).rejects.toMatchObject({
    name: 'AbortError',
  })
})

test('a signal’s own reason is what the caller gets', async () => {
  const latchkey = await sending(origin)
  const reason = new Error('left the page')
  const asked = latchkey.fetch(api.at('echo'), { signal: AbortSignal.abort(reason) })
  await expect(asked).rejects.toThrow(inject('engine') ? 'left the page' : '')
})
