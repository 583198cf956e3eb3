import { describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  type Configuration,
  type ConfigureOptions,
  configure,
  type JsonObject,
  type Latchkey,
  type SessionResponse,
  type TokenResponse,
} from '../../../src/index.js'
import file from './fixture.json'

const goTo = (url: string) => Object(globalThis).happyDOM.setURL(url)

function made(config: Configuration | JsonObject, options: ConfigureOptions = {}) {
  const latchkey: Latchkey<TokenResponse | SessionResponse> = configure(config, options)
  onTestFinished(() => latchkey.dispose())
  return latchkey
}

const messageOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    return error instanceof TypeError ? error.message : `no TypeError: ${error}`
  }
  return 'nothing was thrown'
}

/** A typed one: what is wrong in it would not compile. */
const typed = {
  allowedOrigins: ['https://api.example.com'],
  environments: {
    a: { hosts: ['a.example.com'], strategy: { type: 'memory' } },
    b: { hosts: ['b.example.com', 'localhost:5173'], strategy: { type: 'jwt', storage: 'local' } },
    c: { hosts: ['localhost'], strategy: { type: 'token' } },
  },
} satisfies Configuration

describe('the environment', () => {
  test('is the one that is named, of a file that was imported as it is', () => {
    expect(made(file, { environment: 'development' }).state.storage.name).toBe('sessionStorage')
    expect(made(file, { environment: 'staging' }).state.strategy).toBe('token')
    expect(made(file, { environment: 'production' }).state.strategy).toBe('session')
  })

  test.for([
    ['https://a.example.com/', 'memory'],
    ['https://b.example.com/x', 'jwt'],
    ['https://b.example.com:8443/', 'jwt'],
    ['http://localhost:5173/', 'jwt'],
    ['http://localhost:3000/', 'token'],
  ])('is the one that has the page’s host, the port before the name alone: %s', ([url, strategy]) => {
    goTo(url as string)
    expect(made(typed).state.strategy).toBe(strategy)
  })

  test.for(['https://evil-a.example.com/', 'https://a.example.com.evil.example/', 'https://example.com/'])(
    'is none where the host is only like one, and the error lists what there is: %s',
    (url) => {
      goTo(url)
      expect(messageOf(() => configure(typed))).toBe(
        '"environment" must be given, since no environment has this page’s host: ' +
          '"a" (a.example.com), "b" (b.example.com, localhost:5173), "c" (localhost)',
      )
    },
  )

  test('by an unknown name is an error that lists what there is, wherever the page is', () => {
    goTo('https://a.example.com/')
    const message = messageOf(() => configure(typed, { environment: 'prod' }))
    expect(message).toBe('"environment" must be one that there is: "a", "b", "c"')
  })

  test('is not asked for where there are none, and refused by name', () => {
    const alone: Configuration = { strategy: { type: 'memory' }, allowedOrigins: ['self'] }
    expect(made(alone).state.strategy).toBe('memory')
    expect(messageOf(() => configure(alone, { environment: 'a' }))).toMatch(
      /^"environment" must not be given/,
    )
  })

  test.for(['__proto__', 'constructor', 'toString', 'prototype', 'hasOwnProperty'])(
    'may be called %s, and by that name nothing else is found',
    (name) => {
      const config = JSON.parse(`{ "allowedOrigins": ["self"], "strategy": { "type": "memory" },
        "environments": { "${name}": { "strategy": { "type": "token" } } } }`)
      expect(made(config, { environment: name }).state.strategy).toBe('token')
      const message = messageOf(() => configure(typed, { environment: name }))
      expect(message).toBe('"environment" must be one that there is: "a", "b", "c"')
    },
  )

  test('has its own settings in place of those for all, each as a whole', async () => {
    const sent: (string | null)[] = []
    const fetch = async ({ headers }: Request) => {
      sent.push(headers.get('x-auth'))
      return new Response()
    }
    const config = {
      strategy: { type: 'jwt', storage: 'local', placement: { type: 'header', name: 'X-Auth' } },
      allowedOrigins: ['https://api.example.com'],
      environments: {
        same: {},
        other: { strategy: { type: 'memory' }, allowedOrigins: ['https://other.example.com'] },
      },
    } satisfies Configuration
    const same = made(config, { environment: 'same', fetch })
    const other = made(config, { environment: 'other', fetch })
    expect([same.allows('https://api.example.com'), other.allows('https://api.example.com')]).toEqual([
      true,
      false,
    ])
    await other.set({ access_token: 'a' })
    await other.fetch('https://other.example.com/')
    expect([other.state.strategy, sent]).toEqual(['memory', [null]])
  })
})

describe('what is given', () => {
  test('is not written on, and a change of it afterwards changes nothing', () => {
    const frozen = deepFrozen(structuredClone(file))
    const latchkey = made(frozen as JsonObject, { environment: 'development' })
    const origins = ['https://api.example.com']
    const config: Configuration = { strategy: { type: 'memory' }, allowedOrigins: origins }
    const other = made(config)
    origins.push('https://evil.example')
    expect([latchkey.state.strategy, other.allows('https://evil.example')]).toEqual(['jwt', false])
  })

  test('that is no object is refused, and so are options that are none', () => {
    for (const config of [undefined, null, 5, 'jwt', []])
      expect(messageOf(() => configure(config as never))).toBe('"config" must be an object')
    expect(messageOf(() => configure(typed, { enviroment: 'a' } as never))).toMatch(
      /^"enviroment" must be an option/,
    )
    expect(messageOf(() => configure(typed, { environment: 5 } as never))).toMatch(
      /^"environment" must be a string/,
    )
    expect(messageOf(() => made(typed, { environment: 'a', refresh: 5 } as never))).toMatch(/^"refresh" must/)
  })

  test('that holds itself, functions or instances is an error like any other', () => {
    const round: Record<string, unknown> = { strategy: { type: 'memory' }, allowedOrigins: ['self'] }
    round.refresh = round
    const odd = { strategy: () => {}, allowedOrigins: new Set(['self']), name: new Date(0) }
    for (const config of [round, odd])
      expect(messageOf(() => configure(config as never))).toMatch(/^"config" must be right/)
  })
})

describe('what needs a secure context', () => {
  const config = {
    allowedOrigins: ['self'],
    strategy: { type: 'memory', placement: { type: 'dpop' } },
    environments: {
      here: { strategy: { type: 'memory' } },
      there: {},
      also: { strategy: { type: 'token', storage: { type: 'encrypted', storage: 'local' } } },
    },
  } satisfies Configuration

  test.for([
    ['there', 'strategy.placement'],
    ['also', 'environments.also.strategy.storage'],
  ])('is a fault on plain http, in the environment that is used: %s', ([environment, path]) => {
    vi.stubGlobal('crypto', {})
    onTestFinished(() => void vi.unstubAllGlobals())
    const message = messageOf(() => configure(config, { environment: environment as string }))
    expect(message).toMatch(
      new RegExp(`^"config" must be right in 1 place:\n${path} must be used in a secure context`),
    )
  })

  test('is none for an environment that does without', () => {
    vi.stubGlobal('crypto', { getRandomValues: () => {} })
    onTestFinished(() => void vi.unstubAllGlobals())
    expect(made(config, { environment: 'here' }).state.strategy).toBe('memory')
  })
})

function deepFrozen<T>(value: T): T {
  if (Object(value) === value) for (const one of Object.values(value as object)) deepFrozen(one)
  return Object.freeze(value)
}
