import { afterEach, describe, expect, test } from 'vitest'
import {
  cookieStrategy,
  createLatchkey,
  header,
  jwtStrategy,
  type LatchkeyOptions,
  memoryStrategy,
  type Strategy,
  sessionStrategy,
  tokenStrategy,
} from '../../src/index.js'
import { type BenchOrigin, newBench } from '../harness/bench.js'
import { jwtOf } from '../shared/fixtures/jwt.js'
import { dropCookie, ownName } from './fixtures.js'

const COOKIE = 'cache-test'
const endpoints = ['cached/max-age', 'cached/etag']

/** Has the server begin a user's session, as a login's answer does. */
async function begin(api: BenchOrigin, user: string) {
  const line = encodeURIComponent(`${COOKIE}=${user}; Path=/; HttpOnly`)
  await fetch(api.at(`set-cookie?line=${line}`), { credentials: 'include' })
}

async function endSession() {
  const gone = encodeURIComponent(`${COOKIE}=; Path=/; Max-Age=0`)
  await fetch(newBench().api.at(`set-cookie?line=${gone}`), { credentials: 'include' })
}

afterEach(async () => {
  await endSession()
  dropCookie(COOKIE)
  localStorage.clear()
})

/** A strategy, how a user signs in with it, and what the server then sees. */
type Way = {
  strategy: () => Strategy<never>
  token: (user: string) => object | undefined
  isSent: (user: string) => string
}

const bearerOf = (user: string) => `Bearer ${jwtOf({ sub: user })}`
const token = (user: string) => ({ access_token: jwtOf({ sub: user }) })
const ways: Record<string, Way> = {
  jwt: { strategy: () => jwtStrategy({ storage: 'local' }) as never, token, isSent: bearerOf },
  token: { strategy: () => tokenStrategy() as never, token, isSent: bearerOf },
  'a header of one’s own': {
    strategy: () => tokenStrategy({ placement: header('X-Token') }) as never,
    token,
    isSent: (user) => jwtOf({ sub: user }),
  },
  cookie: {
    strategy: () => cookieStrategy({ name: COOKIE }) as never,
    token: (user) => ({ access_token: user }),
    isSent: (user) => `${COOKIE}=${user}`,
  },
  session: {
    strategy: () => sessionStrategy() as never,
    token: () => undefined,
    isSent: (user) => `${COOKIE}=${user}`,
  },
}

describe.for(Object.entries(ways))('%s', ([, { strategy, token, isSent }]) => {
  test.for(endpoints)(
    '%s: after another sign-in nobody gets what the cache has of the first user',
    async (path) => {
      const { api } = newBench()
      const latchkey = createLatchkey<object>({
        strategy: strategy() as never,
        allowedOrigins: [api.origin],
        name: ownName(),
      })
      for (const user of ['u1', 'u2']) {
        const given = token(user)
        if (!given) await begin(api, user)
        await latchkey.set(given ?? {})
        const { credential } = await (await latchkey.fetch(api.at(path))).json()
        expect(credential).toContain(isSent(user))
        await latchkey.clear()
      }
    },
  )
})

/** The cache modes of the requests that an instance hands to fetch. */
async function modes(more: Partial<LatchkeyOptions> = {}) {
  const seen: RequestCache[] = []
  const fetch = async ({ cache }: Request) => new Response(`${seen.push(cache)}`)
  const latchkey = createLatchkey({ strategy: memoryStrategy(), allowedOrigins: ['self'], fetch, ...more })
  await latchkey.ready()
  return { latchkey, seen }
}

const own: RequestCache[] = ['no-store', 'reload', 'no-cache', 'force-cache']

test('the first user’s requests have the mode that fetch gives them, the next one’s go past the cache', async () => {
  const { latchkey, seen } = await modes()
  for (const user of ['u1', 'u2']) {
    await latchkey.set({ access_token: user })
    await latchkey.fetch('/me')
    await latchkey.clear()
  }
  expect(seen).toEqual(['default', 'no-store'])
})

test('what is renewed, and what is found again, goes past the cache as before', async () => {
  const name = ownName()
  const strategy = tokenStrategy()
  const refresh = async () => ({ access_token: 'u2, renewed' })
  const { latchkey, seen } = await modes({ strategy, name, refresh })
  await latchkey.set({ access_token: 'u1' })
  await latchkey.clear()
  await latchkey.set({ access_token: 'u2' })
  await latchkey.refresh()
  await latchkey.fetch('/me')
  const again = await modes({ strategy, name })
  await again.latchkey.fetch('/me')
  expect([...seen, ...again.seen]).toEqual(['no-store', 'no-store'])
  await latchkey.clear()
})

test('a cache mode that the caller chose is kept, for the first user and for the next', async () => {
  const { latchkey, seen } = await modes()
  for (const user of ['u1', 'u2']) {
    await latchkey.set({ access_token: user })
    for (const cache of own) {
      await latchkey.fetch('/me', { cache })
      await latchkey.fetch(new Request('/me', { cache }))
    }
    await latchkey.clear()
  }
  const twice = own.flatMap((cache) => [cache, cache])
  expect(seen).toEqual([...twice, ...twice])
})

test('a request without a credential has the mode it had, whoever was here', async () => {
  const { latchkey, seen } = await modes()
  for (const user of ['u1', 'u2']) {
    await latchkey.fetch('/me')
    await latchkey.set({ access_token: user })
    await latchkey.fetch('https://elsewhere.example/')
    await latchkey.fetch('/me', { headers: { authorization: 'Basic mine' } })
    await latchkey.clear()
  }
  expect(seen).toEqual(Array(6).fill('default'))
})

test('signed out, an answer comes from the cache as it does with fetch, and the requests are the same', async () => {
  const { api, foreign } = newBench()
  const latchkey = createLatchkey({
    strategy: memoryStrategy(),
    allowedOrigins: [api.origin, foreign.origin],
  })
  /** Which requests the server has seen, from their answers. */
  const counts = async (send: typeof fetch, { at }: BenchOrigin) => {
    const answers = [await send(at('cached/max-age')), await send(at('cached/max-age'))]
    return (await Promise.all(answers.map((one) => one.json()))).map(({ count }) => count)
  }
  // A browser that is driven may have no cache at all.
  expect(await counts(latchkey.fetch, api)).toEqual(await counts(fetch, foreign))
  await latchkey.fetch(api.at('echo'))
  await fetch(api.at('echo'))
  const [ours, native] = (await api.log()).slice(-2)
  expect(ours?.headers).toEqual(native?.headers)
})
