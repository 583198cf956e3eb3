import { afterEach, expect, onTestFinished, type TestContext, test, vi } from 'vitest'
import {
  createLatchkey,
  jwtStrategy,
  memoryStrategy,
  sessionStrategy,
  tokenStrategy,
} from '../../src/index.js'
import { dropAllCookies, ownName, sending, withBase } from '../browser/fixtures.js'
import { newBench } from '../harness/bench.js'
import { codeOf } from '../shared/fixtures/events.js'
import { jwtOf } from '../shared/fixtures/jwt.js'
import { arrived, csrf, SECRET, secretCookie } from './fixtures/advised.js'
import { copies } from './fixtures/copies.js'
import { likeAxios } from './fixtures/hand-written.js'
import { secrets, secretsIn } from './fixtures/secrets.js'
import { tally } from './tally.js'

const tallyOf = (context: TestContext) => tally(context, 'advisories')

afterEach(dropAllCookies)

test('CVE-2026-27739, GHSA-x288-3778-4hhx: no header, no base element and no answer makes another origin the page’s own', async (context) => {
  const attacked = tallyOf(context)
  const [{ foreign }, native] = [newBench(), newBench().foreign]
  const forwarded = { 'X-Forwarded-Host': new URL(foreign.origin).host, Forwarded: `host=${foreign.origin}` }
  const latchkey = await withBase(foreign.at('echo/'), () => sending('self'))
  await withBase(foreign.at('echo/'), () => latchkey.fetch('relative', { headers: forwarded }))
  await latchkey.fetch(foreign.at('cors/200?X-Forwarded-Host=evil.example&Content-Location=/evil'))
  await latchkey.fetch(foreign.at('echo'))
  const naive = await withBase(native.at('echo/'), async () => new URL('relative', document.baseURI))
  await fetch(naive, { headers: { Authorization: 'Bearer token' } })
  const leaked = SECRET.test(await arrived(foreign))
  attacked({ leaked, nativeWouldLeak: SECRET.test(await arrived(native)) })
  const paths = (await foreign.log()).map(({ url }) => url.replace(/^\/[^/]+\/|\?.*/g, ''))
  expect([leaked, paths]).toEqual([false, expect.arrayContaining(['echo/relative', 'cors/200', 'echo'])])
})

test('CVE-2025-63784, nextjs-auth0 #1897: a return URL in the address is followed by nobody', async (context) => {
  const attacked = tallyOf(context)
  const before = location.href
  const left = vi.fn()
  addEventListener('beforeunload', left)
  onTestFinished(() => {
    removeEventListener('beforeunload', left)
    history.replaceState(history.state, '', before)
  })
  for (const to of [
    '//evil.example',
    '/\\evil.example',
    'https:evil.example',
    'javascript:void(0)',
    '%2F%2Fevil.example',
  ]) {
    const names = ['returnTo', 'return_to', 'next', 'redirect_uri', 'callbackUrl'].map((name) => [name, to])
    history.replaceState(history.state, '', `?${new URLSearchParams(names)}`)
    const here = location.href
    const latchkey = createLatchkey({ strategy: memoryStrategy(), allowedOrigins: ['self'], name: to })
    await latchkey.set({ access_token: 'token' })
    await latchkey.clear()
    latchkey.dispose()
    const given = new URLSearchParams(location.search).get('returnTo') ?? ''
    const leaked = location.href !== here || left.mock.calls.length > 0
    attacked({ leaked, nativeWouldLeak: new URL(given, location.href).origin !== location.origin })
    expect(leaked).toBe(false)
  }
})

test('GHSA-rp9m-7r4c-75qg: tokens with equal headers, payloads or jti never have each other’s claims', async (context) => {
  const attacked = tallyOf(context)
  const byId = new Map<string, string>()
  const [ann, bob] = ['ann', 'bob'].map((sub) => jwtOf({ jti: '1', sub }))
  const sameSaid = `${ann}x`
  const sent: unknown[] = []
  const fetch = async ({ headers }: Request) => new Response(`${sent.push(headers.get('authorization'))}`)
  const latchkey = createLatchkey({
    strategy: jwtStrategy({ storage: 'session' }),
    allowedOrigins: ['self'],
    fetch,
    name: ownName(),
  })
  for (const [token, sub] of [
    [ann, 'ann'],
    [bob, 'bob'],
    [sameSaid, 'ann'],
    [ann, 'ann'],
    [bob, 'bob'],
  ]) {
    await latchkey.set({ access_token: `${token}` })
    await latchkey.fetch('/me')
    if (!byId.has('1')) byId.set('1', `${sub}`)
    const leaked = latchkey.state.claims?.sub !== sub || sent.at(-1) !== `Bearer ${token}`
    attacked({ leaked, nativeWouldLeak: byId.get('1') !== sub })
    expect([latchkey.state.claims?.sub, sent.at(-1)]).toEqual([sub, `Bearer ${token}`])
  }
  await latchkey.clear()
  latchkey.dispose()
})

test('axios #6919, axios #4246: an error of a request has no header, and nothing else of the credential', async (context) => {
  const attacked = tallyOf(context)
  const { api } = newBench()
  const latchkey = createLatchkey({ strategy: memoryStrategy(), allowedOrigins: [api.origin] })
  await latchkey.set({ access_token: secrets.opaque, refresh_token: secrets.refresh })
  for (const path of ['drop', 'redirect/307?to=x:', 'cors/200?Access-Control-Allow-Origin=']) {
    const error = await codeOf(latchkey.fetch(api.at(path)))
    expect(error).toBeInstanceOf(TypeError)
    const found = secretsIn(error)
    attacked({ leaked: found.length > 0, nativeWouldLeak: secretsIn(likeAxios(secrets.opaque)).length > 0 })
    expect(found).toEqual([])
  }
})

test('supertokens-node #141: a CSRF refusal signs nobody out', async (context) => {
  const attacked = tallyOf(context)
  secretCookie()
  for (const status of [400, 403, 419, 422]) {
    const fetch = async () => new Response('{"message":"CSRF token mismatch"}', { status })
    const latchkey = createLatchkey({
      strategy: sessionStrategy({ csrf }),
      allowedOrigins: ['self'],
      fetch,
      name: ownName(),
    })
    await latchkey.set({})
    expect((await latchkey.fetch('/items', { method: 'POST' })).status).toBe(status)
    const leaked = latchkey.state.status !== 'signed-in'
    attacked({ leaked, nativeWouldLeak: false })
    expect(leaked).toBe(false)
    await latchkey.clear()
    latchkey.dispose()
  }
})

test('Kinto #635: the next user gets no answer that was made for the one before', async (context) => {
  const attacked = tallyOf(context)
  const { api, foreign } = newBench()
  const latchkey = createLatchkey({ strategy: memoryStrategy(), allowedOrigins: [api.origin] })
  for (const path of ['cached/max-age', 'cached/etag']) {
    const native: string[] = []
    for (const user of ['ann', 'bob']) {
      await latchkey.set({ access_token: user })
      const { credential } = await (await latchkey.fetch(api.at(path))).json()
      const headers = { Authorization: `Bearer ${user}` }
      native.push((await (await fetch(foreign.at(path), { headers })).json()).credential)
      attacked({
        leaked: credential !== `Bearer ${user}`,
        nativeWouldLeak: native.at(-1) !== `Bearer ${user}`,
      })
      expect(credential).toBe(`Bearer ${user}`)
      await latchkey.clear()
    }
  }
})

test('a look-alike client says that it is signed in as somebody else, and is not believed', async (context) => {
  const attacked = tallyOf(context)
  const { api } = newBench()
  const name = ownName()
  const latchkey = await sending(api.origin, { strategy: tokenStrategy(), name })
  const channel = new BroadcastChannel(`latchkey.token.${name}`)
  let believed = 'token'
  const naive = new BroadcastChannel(`latchkey.token.${name}`)
  naive.onmessage = ({ data }) => {
    believed = data.access_token
  }
  channel.postMessage({ type: 'signed-in', access_token: 'evil', generation: Date.now() + 1e9 })
  await expect.poll(() => believed).toBe('evil')
  const { headers } = await (await latchkey.fetch(api.at('echo'))).json()
  attacked({ leaked: headers.authorization !== 'Bearer token', nativeWouldLeak: believed === 'evil' })
  expect(headers.authorization).toBe('Bearer token')
  for (const one of [channel, naive]) one.close()
  await latchkey.clear()
})

test.for(Object.entries(copies))(
  'two copies on one page keep what is the one’s from the other: %s',
  async ([, load], context) => {
    const attacked = tallyOf(context)
    const [copy, { api, foreign }] = [await load(), newBench()]
    const latchkey = await sending(api.origin, { strategy: tokenStrategy() })
    const other = copy.createLatchkey({ strategy: copy.tokenStrategy(), allowedOrigins: [foreign.origin] })
    await other.fetch(foreign.at('echo'))
    attacked({ leaked: SECRET.test(await arrived(foreign)), nativeWouldLeak: false })
    expect(await arrived(foreign)).not.toMatch(SECRET)
    other.dispose()
    await latchkey.clear()
  },
)
