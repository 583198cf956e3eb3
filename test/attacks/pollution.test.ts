import { afterEach, describe, expect, test } from 'vitest'
import * as library from '../../src/index.js'
import { createClient, createLatchkey, memoryStrategy, oauthRefresh } from '../../src/index.js'
import { dropAllCookies } from '../browser/fixtures.js'
import { naiveClientLeaks } from './fixtures/naive-client.js'
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

type Tell = () => Promise<string>

/**
 * Tries names together, a story for each value, and names the first that makes a difference: what has changed once may
 * never come to an end with the next.
 */
function createAttack(prototype: object, count: ReturnType<typeof tally>, tell: Tell) {
  const expected = tell()
  return async (names: readonly string[], tried: readonly (readonly [string, unknown])[] = values) => {
    for (const [what, value] of tried) {
      let nativeWouldLeak = false
      const isSame = async (some: readonly string[]) => {
        const ours = await expected
        const told = polluted(prototype, some, value, async () => {
          nativeWouldLeak ||= naiveClientLeaks({})
          return tell()
        })
        return (await told.catch(String)) === ours
      }
      const leaked = !(await isSame(names))
      count({ leaked, nativeWouldLeak })
      if (leaked) return (await differing(names, isSame)).map((name) => `${name} as ${what}`)
    }
    return []
  }
}

test('an instance is the same when Object.prototype has one name, whichever it is', {
  timeout: 120_000,
}, async (context) => {
  const tell = () => story(() => memoryStrategy())
  const attack = createAttack(Object.prototype, tally(context, 'pollution'), tell)
  const some = values.filter(([what]) => what.includes('attacker'))
  const wrong: string[] = []
  for (const name of NAMES) if (wrong.length < 5) wrong.push(...(await attack([name], some)))
  expect(wrong).toEqual([])
})

describe.for(Object.entries(STRATEGIES))('%s', ([, make]) => {
  const tell = () => story(make)

  test('is the same when Object.prototype has all names', { timeout: 60_000 }, async (context) => {
    const attack = createAttack(Object.prototype, tally(context, 'pollution'), tell)
    expect(await attack(NAMES)).toEqual([])
  })

  test('is the same when lists have members that nobody put there', { timeout: 60_000 }, async (context) => {
    const attack = createAttack(Array.prototype, tally(context, 'pollution'), tell)
    expect(await attack(['0', '1', '2'])).toEqual([])
  })

  test('is the same when functions have all names', { timeout: 60_000 }, async (context) => {
    const attack = createAttack(Function.prototype, tally(context, 'pollution'), tell)
    expect(await attack(NAMES.filter((name) => !(name in Function.prototype)))).toEqual([])
  })

  test('takes no option from the prototype of the caller’s object', { timeout: 60_000 }, async (context) => {
    const count = tally(context, 'pollution')
    const expected = await tell()
    for (const [what, value] of values) {
      const inherited = Object.fromEntries(NAMES.map((name) => [name, value]))
      // What `fetch` is given may be of a class, as with fetch itself: its prototype is asked on purpose.
      const given: Given = (options) =>
        'method' in options ? options : Object.assign(Object.create(inherited), options)
      const told = await story(make, given).catch(String)
      count({ leaked: told !== expected, nativeWouldLeak: naiveClientLeaks(Object.create(inherited)) })
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
  '%s are the same when Object.prototype has all names',
  async ([, tell], context) => {
    const attack = createAttack(Object.prototype, tally(context, 'pollution'), tell)
    expect(await attack(NAMES)).toEqual([])
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

/** What of a client's requests went to somebody else with the credential, or came to another end, while a name is there. */
async function strayedOf(
  make: (fetch: (request: Request) => Promise<Response>) => Kyed,
  name: string,
  value: unknown,
) {
  const strayed: string[] = []
  const client = await make(async ({ url, headers }) => {
    const isForeign = !url.startsWith(`${API}/`)
    if (headers.get('authorization')?.includes('the-token') && isForeign) strayed.push(url)
    return new Response('', Object.assign(Object.create(null), { status: 401 }))
  })
  await polluted(Object.prototype, [name], value, async () => {
    const came = await client()
      .get(`${API}/me`)
      .then(({ status }) => status, String)
    if (typeof came === 'number' && came !== 401) strayed.push(String(came))
  }).catch(() => {})
  return strayed
}

/** A client that is made when the name is there. */
type Kyed = Promise<() => ReturnType<typeof createClient>>

const ours = async (fetch: (request: Request) => Promise<Response>) => {
  const latchkey = createLatchkey({ strategy: memoryStrategy(), allowedOrigins: [API], fetch })
  await latchkey.set({ access_token: 'the-token' })
  return () => createClient(latchkey, { retry: 0, timeout: false })
}

/** As ky is used without a library of ours: what it sends has the credential, wherever it sends it. */
const plain = async (send: (request: Request) => Promise<Response>) => {
  const headers = { Authorization: 'Bearer the-token' }
  const fetch = (input: RequestInfo | URL) => send(input as Request)
  return () => createClient({ fetch }, { retry: 0, timeout: false, headers })
}

test('with ky, which reads what is inherited, nothing is sent with the credential to anybody else', async (context) => {
  const count = tally(context, 'pollution')
  const wrong: string[] = []
  for (const [what, value] of values) {
    for (const name of KYS) {
      const strayed = await strayedOf(ours, name, value)
      const nativeWouldLeak = (await strayedOf(plain, name, value)).length > 0
      count({ leaked: strayed.length > 0, nativeWouldLeak })
      if (strayed.length > 0) wrong.push(`${name} as ${what}: ${strayed}`)
    }
  }
  expect(wrong).toEqual([])
})
