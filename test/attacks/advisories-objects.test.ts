import { afterEach, expect, onTestFinished, type TestContext, test, vi } from 'vitest'
import {
  cookieStrategy,
  createLatchkey,
  jwtStrategy,
  memoryStrategy,
  sessionStrategy,
  tokenStrategy,
} from '../../src/index.js'
import { dropAllCookies, ownName } from '../browser/fixtures.js'
import { codeOf } from '../shared/fixtures/events.js'
import { jwtOf } from '../shared/fixtures/jwt.js'
import { csrf, secretCookie } from './fixtures/advised.js'
import { differing, EVIL, optionNames, polluted } from './fixtures/polluting.js'
import { tally } from './tally.js'

const timeout = 60_000
const tallyOf = (context: TestContext) => tally(context, 'advisories')

afterEach(dropAllCookies)

/** With nothing inherited: the browser would take that, too. */
const UNAUTHORIZED: ResponseInit = Object.assign(Object.create(null), { status: 401 })

/** What an instance with a CSRF cookie hands to fetch for a foreign URL and for its own, and what the page gets. */
async function requestsOf() {
  const sent: string[] = []
  const fetch = async ({ url, headers, credentials }: Request) => {
    sent.push([url, credentials, ...headers].join(' '))
    return new Response('', UNAUTHORIZED)
  }
  const options = { allowedOrigins: ['https://api.example'], fetch, name: 'advisory' }
  const latchkey = createLatchkey({ strategy: sessionStrategy({ csrf }), ...options })
  const bearer = createLatchkey({ strategy: memoryStrategy(), ...options })
  await bearer.set({ access_token: 'token' })
  for (const host of ['https://evil.example/', 'https://api.example/'])
    for (const one of [latchkey, bearer]) sent.push(`${(await one.fetch(host, { method: 'POST' })).status}`)
  return sent
}

/** What an inherited option would do to code that asks for it by truth, as axios did. */
const byTruth = (name: string) => Boolean(Object({})[name])

async function pollutedBy(context: TestContext, names: readonly string[]) {
  const attacked = tallyOf(context)
  secretCookie()
  const expected = await requestsOf()
  const wrong: string[] = []
  for (const [what, value] of Object.entries(EVIL)) {
    const isSame = (some: readonly string[]) =>
      polluted(Object.prototype, some, value, async () => (await requestsOf()).join() === expected.join())
    const changed = await differing(names, isSame)
    for (const name of names) {
      const nativeWouldLeak = await polluted(Object.prototype, [name], value, async () => byTruth(name))
      attacked({ leaked: changed.includes(name), nativeWouldLeak })
    }
    wrong.push(...changed.map((name) => `${name} as ${what}`))
  }
  return { wrong, expected }
}

test('CVE-2026-42042, GHSA-xx6v-rp6x-q39c: no inherited option sends the XSRF token or changes a request, and a wrong type is refused', {
  timeout,
}, async (context) => {
  const { wrong, expected } = await pollutedBy(context, [
    'withXSRFToken',
    'xsrfCookieName',
    'xsrfHeaderName',
    ...optionNames(),
  ])
  expect(wrong).toEqual([])
  expect(expected.filter((line) => line.includes('csrf-secret'))).toHaveLength(1)
  const options = { strategy: memoryStrategy(), allowedOrigins: ['self'] }
  for (const wrongType of [
    { allowInsecureOrigins: 1 },
    { onForeignOrigin: {} },
    { isAuthFailure: 'x' },
    { withXSRFToken: true },
  ])
    expect(() => createLatchkey({ ...options, ...(wrongType as object) })).toThrow(/^"/)
})

test('CVE-2026-42264, GHSA-q8qp-cvcw-x6jj, CVE-2026-67319, GHSA-7q8q-rj6j-mhjq, GHSA-w9j2-pvgh-6h63: nothing inherited is a header, a base or a 401’s pardon', {
  timeout,
}, async (context) => {
  const names = [
    'auth',
    'baseURL',
    'baseUrl',
    'prefix',
    'origins',
    'username',
    'password',
    'Authorization',
    'authorization',
  ]
  const { wrong, expected } = await pollutedBy(context, [
    ...names,
    'isAuthFailure',
    'validateStatus',
    'storage',
    'transformRequest',
  ])
  expect(wrong).toEqual([])
  expect(expected.filter((line) => line === '401')).toHaveLength(4)
})

/** What a configuration from elsewhere may look like. */
const injected = (inner: object) =>
  ['__proto__', 'constructor', 'prototype'].map((key) => JSON.parse(`{"${key}":${JSON.stringify(inner)}}`))

/** As `assign` was written in the advisory. */
function assignForIn(target: Record<string, unknown>, source: Record<string, unknown>) {
  for (const key in source) target[key] = source[key]
  return target
}

test('CVE-2026-46625, GHSA-qjx8-664m-686j: configured and stored JSON adds no attribute, origin or token by __proto__', async (context) => {
  const attacked = tallyOf(context)
  const lines: string[] = []
  const spy = vi.spyOn(document, 'cookie', 'set').mockImplementation((line) => void lines.push(line))
  onTestFinished(() => spy.mockRestore())
  for (const remote of injected({
    sameSite: 'None',
    samesite: 'None',
    domain: 'evil.example',
    path: '/evil',
  })) {
    const set = async () => {
      const strategy = cookieStrategy({ name: 'advisory', ...remote })
      await createLatchkey({ strategy, allowedOrigins: ['self'] }).set({ access_token: 'token' })
    }
    // It is refused; and if it were not, it would change nothing.
    expect(await codeOf(set())).toBeInstanceOf(Error)
    const leaked = /None|evil/.test(lines.join())
    attacked({ leaked, nativeWouldLeak: assignForIn({}, remote).samesite === 'None' })
    expect(leaked).toBe(false)
  }
  for (const remote of injected({ allowedOrigins: ['https://evil.example'], refresh_token: 'secret-evil' })) {
    const name = ownName()
    const stored = { v: 1, access_token: jwtOf({ sub: 'ann' }), receivedAt: Date.now(), ...remote }
    localStorage.setItem(`latchkey.jwt.${name}`, JSON.stringify(stored))
    onTestFinished(() => localStorage.removeItem(`latchkey.jwt.${name}`))
    const spent: unknown[] = []
    const latchkey = createLatchkey({
      strategy: jwtStrategy({ storage: 'local' }),
      allowedOrigins: ['https://api.example'],
      name,
      refresh: async ({ credential }) => void spent.push(credential.refresh_token),
    })
    await codeOf(latchkey.refresh())
    attacked({
      leaked: spent.join() !== '',
      nativeWouldLeak: assignForIn({}, JSON.parse(JSON.stringify(stored))).refresh_token !== undefined,
    })
    expect(spent).toEqual([undefined])
    latchkey.dispose()
  }
})

const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']

test('CVE-2023-26136, GHSA-72xf-g2v4-qvf3: an environment, user or key of the name __proto__ is one as any other', async (context) => {
  const attacked = tallyOf(context)
  for (const name of NAMES)
    for (const make of [memoryStrategy, tokenStrategy, () => jwtStrategy({ storage: 'local' })]) {
      const [strategy, sent] = [make(), [] as unknown[]]
      const fetch = async ({ headers }: Request) => new Response(`${sent.push(headers.get('authorization'))}`)
      const options = { strategy, allowedOrigins: ['self'], fetch }
      const [one, other] = [name, 'another'].map((name) => createLatchkey({ ...options, name: `${name}` }))
      await one?.set({ access_token: jwtOf({ sub: name }) })
      await other?.fetch('/me')
      const byName: Record<string, Record<string, unknown>> = {}
      Object.assign(byName[name] ?? {}, { stolen: 'token' })
      const nativeWouldLeak = Object(Object.prototype).stolen === 'token'
      Reflect.deleteProperty(Object.prototype, 'stolen')
      Reflect.deleteProperty(Object, 'stolen')
      for (const inherited of [Object.prototype.toString, Object.prototype.hasOwnProperty])
        Reflect.deleteProperty(inherited, 'stolen')
      attacked({ leaked: sent[0] !== null, nativeWouldLeak })
      expect([sent, other?.state.status]).toEqual([[null], 'signed-out'])
      await one?.clear()
      for (const each of [one, other]) each?.dispose()
    }
})

test('CVE-2022-23395: cookies of such names write on no prototype, and none is found there', async (context) => {
  const attacked = tallyOf(context)
  const before = Object.getOwnPropertyNames(Object.prototype)
  for (const name of NAMES) {
    const options = { strategy: cookieStrategy({ name }), allowedOrigins: ['self'], name: ownName() }
    const latchkey = createLatchkey(options)
    const { status } = await latchkey.ready()
    await latchkey.set({ access_token: 'token' })
    const again = createLatchkey(options)
    const found = [status, (await again.ready()).status, Object.getOwnPropertyNames(Object.prototype)]
    await latchkey.clear()
    for (const each of [latchkey, again]) each.dispose()
    attacked({ leaked: status !== 'signed-out', nativeWouldLeak: false })
    expect(found).toEqual(['signed-out', 'signed-in', before])
  }
})
