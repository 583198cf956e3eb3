import { expect, test } from 'vitest'
import * as library from '../../src/index.js'
import { createClient, createLatchkey, memoryStrategy, oauthRefresh } from '../../src/index.js'
import { optionNames, polluted } from './fixtures/polluting.js'
import { createAttack, values } from './fixtures/pollution-attack.js'
import { API } from './fixtures/story.js'
import { tally } from './tally.js'

const NAMES = optionNames()

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
