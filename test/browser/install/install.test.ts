import $ from 'jquery'
import { expect, onTestFinished, test } from 'vitest'
import {
  createLatchkey,
  csrfCookie,
  header,
  install,
  type LatchkeyOptions,
  memoryStrategy,
  oauthRefresh,
  sessionStrategy,
  uninstall,
} from '../../../src/index.js'
import { type BenchOrigin, newBench } from '../../harness/bench.js'
import { codeOf } from '../../shared/fixtures/events.js'
import { dropCookie, sending, writeCookie } from '../fixtures.js'
import { ended, installed, tried } from './recorded.js'

const refresh = async () => ({ access_token: 'renewed' })
const signedIn = (api: BenchOrigin, more: Partial<LatchkeyOptions> = {}) =>
  sending(api.origin, { refresh, ...more })

/** What the server has got of the requests to a path: the method, the credential and the body. */
async function arrived({ log }: BenchOrigin, path = '/answers/') {
  const all = (await log()).filter(({ method, url }) => method !== 'OPTIONS' && url.includes(path))
  return all.map(({ method, headers, bodyBase64 }) => [method, headers.authorization, atob(bodyBase64 ?? '')])
}

/** Code as pages had it before `fetch` was. */
function legacy(method: string, url: string, body?: string) {
  return new Promise<number>((resolve, reject) => {
    const xhr = new XMLHttpRequest()
    xhr.onreadystatechange = () => {
      if (xhr.readyState !== 4) return
      if (xhr.status === 200 && JSON.parse(xhr.responseText).url) resolve(xhr.status)
      else reject(new Error(`${xhr.status}`))
    }
    xhr.open(method, url, true)
    xhr.setRequestHeader('X-Requested-With', 'XMLHttpRequest')
    xhr.send(body)
  })
}

type Ask = (method: string, url: string, body?: string) => PromiseLike<unknown>
const pages: Record<string, Ask> = {
  jQuery: (type, url, data) => $.ajax({ url, type, data, contentType: 'text/plain', dataType: 'json' }),
  'hand-written code': legacy,
  'the global fetch': (method, url, body) => fetch(url, { method, body: body ?? null }),
}
const requests = [
  ['GET', ''],
  ['POST', 'a=1'],
] as const

for (const [name, ask] of Object.entries(pages)) {
  test.for(requests)(
    `${name} signs in by itself what is asked, fresh and expired: %s`,
    async ([method, body]) => {
      const { api } = newBench()
      installed(await signedIn(api))
      await ask(method, api.at('answers/200/fresh'), body || undefined)
      await ask(method, api.at('answers/401,200/expired'), body || undefined)
      expect(await arrived(api)).toEqual([
        [method, 'Bearer token', body],
        [method, 'Bearer token', body],
        [method, 'Bearer renewed', body],
      ])
    },
  )
}

test('jQuery is given what it asks for by its own ways: errors, headers, JSON and a time limit', async () => {
  const { api } = newBench()
  installed(await sending(api.origin))
  const [said, answer] = await new Promise<unknown[]>((resolve) =>
    $.ajax({ url: api.at('echo') }).done((_data, ...more) => resolve(more)),
  )
  expect([said, Object(answer).status, Object(answer).getResponseHeader('content-type')]).toEqual([
    'success',
    200,
    'application/json; charset=utf-8',
  ])
  const failed = (settings: JQuery.AjaxSettings) =>
    new Promise((resolve) => $.ajax(settings).fail(({ status }, why) => resolve([status, why])))
  expect(await failed({ url: api.at('answers/404') })).toEqual([404, 'error'])
  expect(await failed({ url: api.at('hang'), timeout: 100 })).toEqual([0, 'timeout'])
  expect(await failed({ url: api.at('drop') })).toEqual([0, 'error'])
})

test('what goes elsewhere is the browser’s own request, without a credential', async () => {
  const { api, foreign } = newBench()
  installed(await sending(api.origin, { onForeignOrigin: 'reject' }))
  expect(await legacy('POST', foreign.at('echo'), 'a')).toBe(200)
  await fetch(foreign.at('echo'), { method: 'POST', body: 'a' })
  await fetch(new Request(foreign.at('echo')))
  expect((await arrived(foreign, '/echo')).map(([, credential]) => credential)).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('a redirect brings a header of the credential’s nowhere, as it would with the browser’s own', async () => {
  const { api, foreign } = newBench()
  const to = api.at(`redirect/307?to=${encodeURIComponent(foreign.at('echo'))}`)
  const strategy = memoryStrategy({ placement: header('X-Own-Token') })
  installed(await sending(api.origin, { strategy }))
  const xhr = new XMLHttpRequest()
  xhr.open('POST', to)
  const failed = new Promise<ProgressEvent & { error?: unknown }>((resolve) => {
    xhr.onerror = resolve
  })
  xhr.send('a')
  const { error } = await failed
  expect(Object(error).code).toBe('ERR_REDIRECT_REFUSED')
  expect([xhr.status, xhr.readyState]).toEqual([0, 4])
  expect(await codeOf(fetch(to))).toBe('ERR_REDIRECT_REFUSED')
  expect(await foreign.log()).toEqual([])
})

test('a bearer token is followed by no redirect to another origin, and the answer is shown', async () => {
  const { api, foreign } = newBench()
  installed(await sending(api.origin))
  const xhr = new XMLHttpRequest()
  xhr.open('GET', api.at(`redirect/302?to=${encodeURIComponent(foreign.at('echo'))}`))
  xhr.send()
  await ended(xhr)
  expect([xhr.status, xhr.responseURL]).toEqual([200, foreign.at('echo')])
  expect(await arrived(foreign, '/echo')).toEqual([['GET', undefined, '']])
})

test('a CSRF token and the session’s cookie go with an XMLHttpRequest', async () => {
  const { api } = newBench()
  writeCookie('csrf=from-the-cookie; path=/')
  onTestFinished(() => dropCookie('csrf'))
  const csrf = csrfCookie({ cookie: 'csrf', header: 'X-CSRF' })
  installed(createLatchkey({ strategy: sessionStrategy({ csrf }), allowedOrigins: [api.origin] }))
  await legacy('POST', api.at('echo'), 'a')
  const [sent] = (await api.log()).filter(({ method }) => method === 'POST')
  expect(sent?.headers['x-csrf']).toBe('from-the-cookie')
})

test('an instance does not come back to itself, nor do its refresh and a tracer between', async () => {
  const { api } = newBench()
  const tokenEndpoint = api.at('token')
  const latchkey = createLatchkey({
    strategy: memoryStrategy(),
    allowedOrigins: [api.origin],
    refresh: oauthRefresh({ tokenEndpoint, clientId: 'web' }),
  })
  await latchkey.set({ access_token: 'token', refresh_token: 'r', expires_in: 3600 })
  installed(latchkey)
  const ours = globalThis.fetch
  const traced: unknown[] = []
  globalThis.fetch = (...given) => {
    traced.push(given[0])
    return ours(...given)
  }
  onTestFinished(() => {
    globalThis.fetch = ours
  })
  const url = api.at('answers/401,200')
  expect((await fetch(url)).status).toBe(200)
  expect((await latchkey.fetch(url)).status).toBe(200)
  expect(traced).toEqual([url])
  expect((await arrived(api)).length).toBe(3)
})

test('a request that the caller waits for, or gives a name and a password to, is the browser’s own, and empty ones are none', async () => {
  const { api } = newBench()
  installed(await sending(api.origin))
  const xhr = new XMLHttpRequest()
  xhr.open('GET', api.at('echo'), false)
  xhr.send()
  expect([xhr.status, JSON.parse(xhr.responseText).headers.authorization]).toEqual([200, undefined])
  xhr.open('GET', api.at('echo'), true, 'ann', 'secret')
  xhr.send()
  await ended(xhr)
  expect(JSON.parse(xhr.responseText).headers.authorization ?? '').not.toContain('Bearer')
  xhr.open('GET', api.at('echo'), true, '', '')
  xhr.send()
  await ended(xhr)
  expect(JSON.parse(xhr.responseText).headers.authorization).toBe('Bearer token')
})

test('a time limit that is given after the start counts from the start', async () => {
  const { api } = newBench()
  installed(await sending(api.origin))
  const xhr = new XMLHttpRequest()
  xhr.open('GET', api.at('hang'))
  xhr.send()
  xhr.timeout = 100
  await new Promise((resolve) => xhr.addEventListener('timeout', resolve))
  expect(xhr.status).toBe(0)
})

test('uninstall puts the very functions back that were there', async () => {
  const before = [globalThis.fetch, globalThis.XMLHttpRequest]
  const keys = Reflect.ownKeys(globalThis).length
  install(await sending('https://api.example'))
  expect(before).not.toContain(globalThis.fetch)
  expect(before).not.toContain(globalThis.XMLHttpRequest)
  expect([fetch.name, fetch.length, XMLHttpRequest.name]).toEqual([
    'fetch',
    before[0]?.length,
    'XMLHttpRequest',
  ])
  expect(Object.keys(globalThis)).not.toContain('latchkey.installed')
  uninstall()
  uninstall()
  expect([globalThis.fetch === before[0], globalThis.XMLHttpRequest === before[1]]).toEqual([true, true])
  expect(Reflect.ownKeys(globalThis).length).toBe(keys)
})

test('what other code has put over ours stays, and ours lets all pass', async () => {
  const { api } = newBench()
  const native = [globalThis.fetch, globalThis.XMLHttpRequest] as const
  onTestFinished(() => {
    ;[globalThis.fetch, globalThis.XMLHttpRequest] = native
  })
  install(await sending(api.origin))
  const [ours, Ours] = [globalThis.fetch, globalThis.XMLHttpRequest]
  const theirs: typeof fetch = (...given) => ours(...given)
  const Theirs = class extends Ours {}
  Object.assign(globalThis, { fetch: theirs, XMLHttpRequest: Theirs })
  await legacy('GET', api.at('answers/200'))
  uninstall()
  expect([globalThis.fetch === theirs, globalThis.XMLHttpRequest === Theirs]).toEqual([true, true])
  await fetch(api.at('answers/200'))
  await legacy('GET', api.at('answers/200'))
  const credentials = (await arrived(api)).map(([, credential]) => credential)
  expect(credentials).toEqual(['Bearer token', undefined, undefined])
})

test('a second installation is refused, and nothing that is no instance is taken', async () => {
  installed(await sending('https://api.example'))
  const other = await sending('https://other.example')
  expect(() => install(other)).toThrow(/^"install" must .*uninstall\(\)/)
  uninstall()
  for (const wrong of [undefined, null, {}, { fetch }, fetch]) {
    expect(() => install(wrong as never)).toThrow(/^"latchkey" must be what createLatchkey returns/)
  }
})

test('what native fetch refuses is refused in the same way', async () => {
  const { api } = newBench()
  const calls = [
    () => Reflect.apply(fetch, undefined, []),
    () => fetch('https://:0'),
    () => fetch(api.at('echo'), { method: 'a b' }),
    () => fetch(api.at('echo'), { body: 'a' }),
    () => Reflect.apply(fetch, {}, ['https://elsewhere.invalid']),
  ]
  const outcome = async (call: () => Promise<unknown>) => {
    const result = tried(call)
    return result instanceof Promise ? result.catch(({ name }) => name) : result
  }
  const native = await Promise.all(calls.map(outcome))
  installed(await sending(api.origin))
  expect(await Promise.all(calls.map(outcome))).toEqual(native)
})

test('what was kept of the browser before is not reached, and is still the same kind of object', async () => {
  const { api } = newBench()
  const kept = globalThis.fetch.bind(globalThis)
  const old = new XMLHttpRequest()
  installed(await sending(api.origin))
  await kept(api.at('answers/200'))
  expect(await arrived(api)).toEqual([['GET', undefined, '']])
  expect(old instanceof XMLHttpRequest).toBe(true)
})
