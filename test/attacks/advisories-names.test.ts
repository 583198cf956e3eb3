import { afterEach, expect, onTestFinished, type TestContext, test, vi } from 'vitest'
import {
  cookieStrategy,
  createLatchkey,
  jwtStrategy,
  memoryStrategy,
  type Strategy,
  tokenStrategy,
} from '../../src/index.js'
import { dropAllCookies, ownName } from '../browser/fixtures.js'
import { codeOf } from '../shared/fixtures/events.js'
import { jwtOf } from '../shared/fixtures/jwt.js'
import { tally } from './tally.js'

const tallyOf = (context: TestContext) => tally(context, 'advisories')

afterEach(dropAllCookies)

/** What a configuration from elsewhere may look like. */
const injected = (inner: object) =>
  ['__proto__', 'constructor', 'prototype'].map((key) => JSON.parse(`{"${key}":${JSON.stringify(inner)}}`))

/** As `assign` was written in the advisory. */
function assignForIn(target: Record<string, unknown>, source: Record<string, unknown>) {
  for (const key in source) target[key] = source[key]
  return target
}

test('CVE-2026-46625, GHSA-qjx8-664m-686j: configured JSON adds no attribute and no origin by __proto__', async (context) => {
  const attacked = tallyOf(context)
  const lines: string[] = []
  const spy = vi.spyOn(document, 'cookie', 'set').mockImplementation((line) => void lines.push(line))
  onTestFinished(() => spy.mockRestore())
  const evil = { sameSite: 'None', samesite: 'None', domain: 'evil.example', path: '/evil' }
  const wrong: unknown[] = []
  for (const remote of injected({ ...evil, allowedOrigins: ['https://evil.example'] })) {
    const sent: string[] = []
    const fetch = async ({ url, headers }: Request) =>
      new Response(`${sent.push(`${url} ${headers.get('authorization')}`)}`)
    const asked = async (strategy: Strategy, more: object) => {
      const latchkey = createLatchkey({ strategy, allowedOrigins: ['self'], fetch, ...more })
      onTestFinished(() => latchkey.dispose())
      await latchkey.set({ access_token: 'token' })
      await latchkey.fetch('https://evil.example/')
    }
    // It is refused; and if it were not, it would change nothing.
    const refusals = [
      await codeOf((async () => asked(cookieStrategy({ name: 'advisory', ...remote }), {}))()),
      await codeOf(asked(memoryStrategy(), remote)),
    ]
    const leaked = /None|evil/.test(lines.join()) || /token|include/.test(sent.join())
    attacked({ leaked, nativeWouldLeak: assignForIn({}, remote).samesite === 'None' })
    const isRefused = new RegExp(`^TypeError: "${Object.keys(remote)}" must be an option`)
    if (leaked || !refusals.every((error) => isRefused.test(`${error}`))) wrong.push([remote, refusals, sent])
  }
  expect(wrong).toEqual([])
})

test('CVE-2026-46625, GHSA-qjx8-664m-686j: stored JSON adds no origin and no token by __proto__', async (context) => {
  const attacked = tallyOf(context)
  const wrong: unknown[] = []
  for (const remote of injected({ allowedOrigins: ['https://evil.example'], refresh_token: 'secret-evil' })) {
    const name = ownName()
    const stored = { v: 1, access_token: jwtOf({ sub: 'ann' }), receivedAt: Date.now(), ...remote }
    localStorage.setItem(`latchkey.jwt.${name}`, JSON.stringify(stored))
    onTestFinished(() => localStorage.removeItem(`latchkey.jwt.${name}`))
    const [spent, sent] = [[] as unknown[], [] as unknown[]]
    const latchkey = createLatchkey({
      strategy: jwtStrategy({ storage: 'local' }),
      allowedOrigins: ['https://api.example'],
      name,
      fetch: async ({ headers }) => new Response(`${sent.push(headers.get('authorization'))}`),
      refresh: async ({ credential }) => void spent.push(credential.refresh_token),
    })
    onTestFinished(() => latchkey.dispose())
    for (const url of ['https://evil.example/', 'https://api.example/']) await latchkey.fetch(url)
    await codeOf(latchkey.refresh())
    const leaked = spent.join() !== '' || sent[0] !== null
    const naive = assignForIn({}, JSON.parse(JSON.stringify(stored)))
    attacked({ leaked, nativeWouldLeak: naive.refresh_token !== undefined })
    // It was asked with what is rightly there, so it was read.
    if (leaked || spent.length !== 1 || sent[1] !== `Bearer ${stored.access_token}`)
      wrong.push([remote, spent, sent])
  }
  expect(wrong).toEqual([])
})

const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']

test('CVE-2023-26136, GHSA-72xf-g2v4-qvf3: an environment, user or key of the name __proto__ is one as any other', async (context) => {
  const attacked = tallyOf(context)
  const wrong: unknown[] = []
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
      const found = [name, strategy.name, ...sent, other?.state.status]
      if (sent.length !== 1 || sent[0] !== null || other?.state.status !== 'signed-out') wrong.push(found)
      await one?.clear()
      for (const each of [one, other]) each?.dispose()
    }
  expect(wrong).toEqual([])
})

test('CVE-2022-23395: cookies of such names write on no prototype, and none is found there', async (context) => {
  const attacked = tallyOf(context)
  const before = Object.getOwnPropertyNames(Object.prototype)
  const wrong: unknown[] = []
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
    if (JSON.stringify(found) !== JSON.stringify(['signed-out', 'signed-in', before]))
      wrong.push([name, ...found])
  }
  expect(wrong).toEqual([])
})
