import { afterEach, describe, expect, test } from 'vitest'
import * as library from '../../src/index.js'
import { createClient, createLatchkey, memoryStrategy, oauthRefresh } from '../../src/index.js'
import { dropAllCookies } from '../browser/fixtures.js'
import { differing, EVIL, optionNames, polluted } from './fixtures/polluting.js'
import { API, type Given, STRATEGIES, story } from './fixtures/story.js'
import { tally } from './tally.js'

afterEach(() => {
  localStorage.clear()
  dropAllCookies()
})

const NAMES = optionNames()
const values = Object.entries(EVIL)

test('the names are those of the sources', () => {
  const some = [
    'allowedOrigins',
    'isAuthFailure',
    'storage',
    'sameSite',
    'csrf',
    'tokenEndpoint',
    'isRefusal',
  ]
  const nested = [
    'access_token',
    'generation',
    'expires_in',
    'code',
    'message',
    'cause',
    'secondsLeft',
    'why',
  ]
  expect(NAMES).toEqual(expect.arrayContaining([...some, ...nested, 'redirect', 'headers', 'perTab']))
  expect(NAMES.length).toBeGreaterThan(250)
})

/** What `options.x ?? default` would have been. */
const naive = (options: object, name: string) => Object(options)[name] ?? undefined

/** Tries each name with each value, and counts what came of it. */
async function attacked(
  prototype: object,
  names: readonly string[],
  count: ReturnType<typeof tally>,
  tell: () => Promise<string>,
) {
  const expected = await tell()
  const wrong: string[] = []
  for (const [what, value] of values) {
    const taken: string[] = []
    const isSame = async (some: readonly string[]) => {
      const told = await polluted(prototype, some, value, async () => {
        taken.push(...some.filter((name) => naive(Array.isArray(prototype) ? [] : {}, name) !== undefined))
        return tell()
      }).catch(String)
      return told === expected
    }
    const found = await differing(names, isSame)
    for (const name of names) count({ leaked: found.includes(name), nativeWouldLeak: taken.includes(name) })
    wrong.push(...found.map((name) => `${name} as ${what}`))
  }
  return wrong
}

describe.for(Object.entries(STRATEGIES))('%s', ([, make]) => {
  test('is the same when Object.prototype has any name', { timeout: 60_000 }, async (context) => {
    const count = tally(context, 'pollution')
    expect(await attacked(Object.prototype, NAMES, count, () => story(make))).toEqual([])
  })

  test('is the same when lists have members that nobody put there', { timeout: 60_000 }, async (context) => {
    const count = tally(context, 'pollution')
    const tell = () => story(make)
    expect(await attacked(Array.prototype, ['0', '1', '2'], count, tell)).toEqual([])
  })

  test('is the same when functions have any name', { timeout: 60_000 }, async (context) => {
    const count = tally(context, 'pollution')
    const names = NAMES.filter((name) => !(name in Function.prototype))
    expect(await attacked(Function.prototype, names, count, () => story(make))).toEqual([])
  })

  test('takes no option from the prototype of the caller’s object', { timeout: 60_000 }, async (context) => {
    const count = tally(context, 'pollution')
    const expected = await story(make)
    for (const [what, value] of values) {
      const inherited = Object.fromEntries(NAMES.map((name) => [name, value]))
      // What `fetch` is given may be of a class, as with fetch itself: its prototype is asked on purpose.
      const given: Given = (options) =>
        'method' in options ? options : Object.assign(Object.create(inherited), options)
      const told = await story(make, given).catch(String)
      for (const name of NAMES)
        count({ leaked: told !== expected, nativeWouldLeak: naive(given({}), name) !== undefined })
      expect(told, what).toBe(expected)
    }
  })
})

/** What has no strategy: how each is made, and what it then asks for. */
const { csrfCookie, csrfMeta, csrfResponseHeader, csrfEndpoint } = library
const { django, laravel, rails, angular, spring, express, fastify, aspnet } = library
const made: Record<string, () => Promise<string>> = {
  'CSRF sources and presets': async () => {
    const presets = [django, laravel, rails, angular, spring, express, fastify, aspnet].map((one) => one())
    const cookie = csrfCookie({ cookie: 'c', header: 'X-C' })
    const meta = csrfMeta({ name: 'm', header: 'X-M' })
    const answers = csrfResponseHeader({ header: 'X-R' })
    const endpoint = csrfEndpoint({ url: '/csrf', header: 'X-E' })
    return JSON.stringify([...presets, cookie, meta, answers, endpoint].map((one) => Object.entries(one)))
  },
  oauthRefresh: async () => {
    let told = ''
    const fetch = async ({ method, url, redirect, credentials, headers, ...rest }: Request) => {
      told = [method, url, redirect, credentials, [...headers].join(), Object.keys(rest).join()].join(' ')
      return new Response('{"access_token":"next"}')
    }
    const refresh = oauthRefresh({ tokenEndpoint: `${API}/token`, clientId: 'app' })
    const credential = { access_token: 'a', refresh_token: 'rt', receivedAt: 0 }
    const { signal } = new AbortController()
    const answer = await refresh({ credential, fetch, signal, now: () => 0 })
    return told + JSON.stringify(answer)
  },
  errors: async () => {
    const error = new library.LatchkeyError('ERR_SIGNED_OUT', { strategy: 'memory' })
    const own = Object.fromEntries(
      Object.getOwnPropertyNames(error).map((name) => [name, Object(error)[name]]),
    )
    return JSON.stringify({ ...own, stack: '' })
  },
}

test.for(Object.entries(made))(
  '%s are the same when Object.prototype has any name',
  async ([, tell], context) => {
    expect(await attacked(Object.prototype, NAMES, tally(context, 'pollution'), tell)).toEqual([])
  },
)

const KYS = [
  ...[
    'prefix',
    'baseUrl',
    'hooks',
    'searchParams',
    'json',
    'retry',
    'timeout',
    'totalTimeout',
    'headers',
    'method',
  ],
  ...[
    'credentials',
    'mode',
    'redirect',
    'body',
    'signal',
    'fetch',
    'parseJson',
    'throwHttpErrors',
    'context',
    'url',
  ],
]

test('with ky, which reads what is inherited, nothing is sent with the credential to anybody else', async (context) => {
  const count = tally(context, 'pollution')
  const wrong: string[] = []
  for (const [what, value] of values) {
    for (const name of KYS) {
      const sent: string[] = []
      const latchkey = createLatchkey({
        strategy: memoryStrategy(),
        allowedOrigins: [API],
        fetch: async ({ url, headers }) => {
          if (headers.get('authorization')?.includes('the-token') && !url.startsWith(`${API}/`))
            sent.push(url)
          return new Response('', Object.assign(Object.create(null), { status: 401 }))
        },
      })
      await latchkey.set({ access_token: 'the-token' })
      await polluted(Object.prototype, [name], value, async () => {
        const asked = createClient(latchkey, { retry: 0, timeout: false }).get(`${API}/me`)
        const came = await asked.then(({ status }) => status, String)
        if (typeof came === 'number' && came !== 401) sent.push(String(came))
      }).catch(() => {})
      count({ leaked: sent.length > 0, nativeWouldLeak: value !== null && value !== undefined })
      if (sent.length > 0) wrong.push(`${name} as ${what}: ${sent}`)
    }
  }
  expect(wrong).toEqual([])
})
