import { afterEach, describe, expect, test } from 'vitest'
import {
  angular,
  aspnet,
  cookieStrategy,
  createClient,
  createLatchkey,
  csrfCookie,
  csrfEndpoint,
  csrfMeta,
  csrfResponseHeader,
  defineStrategy,
  django,
  express,
  fastify,
  header,
  jwtStrategy,
  type LatchkeyOptions,
  laravel,
  memoryStrategy,
  oauthRefresh,
  query,
  rails,
  sessionStrategy,
  spring,
  storeChain,
  tokenStrategy,
} from '../../src/index.js'
import { dropAllCookies, shownCookie, writeCookie } from '../browser/fixtures.js'
import { codeOf, listen, settled } from '../shared/fixtures/events.js'
import { jwtOfText } from '../shared/fixtures/jwt.js'
import { KEYS, naivelyMerged, prototypes, stored, withKey } from './fixtures/keys.js'
import { tally } from './tally.js'

const API = 'https://api.example.com'
const before = prototypes()

afterEach(() => {
  expect(prototypes()).toBe(before)
  localStorage.clear()
  dropAllCookies()
})

/** An instance whose requests are noted, and answered by what is given. */
function make(
  options: Partial<LatchkeyOptions> = {},
  answer: (url: string) => Response = () => new Response(),
) {
  const sent: Request[] = []
  const latchkey = createLatchkey({
    strategy: memoryStrategy(),
    allowedOrigins: [API],
    fetch: async (request) => {
      sent.push(request)
      return answer(request.url)
    },
    ...options,
  })
  return { latchkey, sent, ...listen(latchkey) }
}

const tokenOf = (request: Request | undefined) => request?.headers.get('authorization') ?? null

describe.for(KEYS)('%s', { timeout: 60_000 }, (key) => {
  test('as two instances’ name: what one keeps the other never finds', async (context) => {
    const count = tally(context, 'keys')
    for (const other of KEYS.filter((one) => one !== key)) {
      for (const strategy of [jwtStrategy({ storage: 'local' }), tokenStrategy()]) {
        const [one, two] = [make({ strategy, name: key }), make({ strategy, name: other })]
        const token = jwtOfText(`{"sub":"${key}"}`)
        await one.latchkey.set({ access_token: token })
        await two.latchkey.ready()
        await two.latchkey.fetch(`${API}/`)
        const again = make({ strategy, name: key })
        await again.latchkey.fetch(`${API}/`)
        const leaked = tokenOf(two.sent[0]) !== null || tokenOf(again.sent[0]) !== `Bearer ${token}`
        // An object is no map: every name is found in it.
        count({ leaked, nativeWouldLeak: Object({})[other] !== undefined })
        expect(leaked, `${key} and ${other} with ${strategy.name}`).toBe(false)
        await one.latchkey.clear()
      }
    }
  })

  test('as a subject and a claim: it is text as any other', async (context) => {
    const count = tally(context, 'keys')
    const token = jwtOfText(withKey(key, { sub: 'eve', admin: true, exp: 1 }, { sub: key, iat: 0, exp: 600 }))
    const { latchkey } = make({ strategy: jwtStrategy({ storage: 'session' }), name: 'keys' })
    await latchkey.set({ access_token: token })
    const { subject, claims } = latchkey.state
    const leaked =
      subject !== key || Object(claims).admin !== undefined || Object.getPrototypeOf(claims) !== null
    count({ leaked, nativeWouldLeak: naivelyMerged(withKey(key, { admin: true })).admin === true })
    expect(leaked).toBe(false)
    await latchkey.clear()
  })

  test('as the name of a cookie, a header, a parameter and a CSRF field: what is not there is not found', async (context) => {
    const count = tally(context, 'keys')
    const csrf = [
      csrfCookie({ cookie: key, header: 'X-CSRF' }),
      csrfMeta({ name: key, header: 'X-CSRF' }),
      csrfResponseHeader({ header: key }),
      csrfEndpoint({ url: `${API}/csrf`, field: key, header: 'X-CSRF' }),
    ]
    for (const one of csrf) {
      const { latchkey, sent } = make(
        { strategy: sessionStrategy({ csrf: one }) as never, name: crypto.randomUUID() },
        () => new Response('{}'),
      )
      await codeOf(latchkey.fetch(`${API}/`, { method: 'POST' }))
      const leaked = sent.some(({ headers }) => headers.has('x-csrf') || headers.has(key))
      count({ leaked, nativeWouldLeak: Object({})[key] !== undefined })
      expect(leaked).toBe(false)
    }
    for (const placement of [header(key), query(key)]) {
      const { latchkey, sent } = make({ strategy: memoryStrategy({ placement }) })
      await latchkey.set({ access_token: 'token' })
      await latchkey.fetch(`${API}/`)
      const [request] = sent
      const found = request?.headers.get(key) ?? new URL(request?.url ?? API).searchParams.get(key)
      expect(found).toBe('token')
    }
    const cookie = make({ strategy: cookieStrategy({ name: key }), name: crypto.randomUUID() })
    expect((await cookie.latchkey.ready()).status).toBe('signed-out')
    await cookie.latchkey.set({ access_token: 'token' })
    expect(shownCookie(key)).toBe(`${key}=token`)
    await cookie.latchkey.clear()
    expect(shownCookie(key)).toBeUndefined()
  })

  test('in stored JSON: nothing in it is taken for the credential’s', async (context) => {
    const count = tally(context, 'keys')
    const hidden = {
      access_token: 'evil',
      refresh_token: 'evil',
      v: 1,
      receivedAt: 1,
      mark: 1,
      generation: 9e15,
    }
    const token = jwtOfText('{"sub":"ann"}')
    const rightly = { v: 1, access_token: token, receivedAt: Date.now(), generation: 1 }
    const places: Record<string, (name: string) => Promise<LatchkeyOptions['strategy']>> = {
      'Web Storage': async (name) => {
        localStorage.setItem(`latchkey.jwt.${name}`, withKey(key, hidden, rightly))
        return jwtStrategy({ storage: 'local' })
      },
      IndexedDB: async (name) => {
        await stored(
          'latchkey.credentials',
          'credentials',
          'readwrite',
          `latchkey.token.${name}`,
          withKey(key, hidden, rightly),
        )
        return tokenStrategy()
      },
      'a chain': async (name) => {
        localStorage.setItem(`latchkey.token.${name}`, withKey(key, hidden, rightly))
        return tokenStrategy({ storage: storeChain(['local', 'memory']) })
      },
      'a cookie’s rest': async (name) => {
        localStorage.setItem(`latchkey.cookie.${name}.keys-test`, withKey(key, hidden))
        writeCookie(`keys-test=${token}; path=/`)
        return cookieStrategy({ name: 'keys-test' })
      },
      'the ledger': async (name) => {
        const record = JSON.parse(withKey(key, { ended: 'cleared', generation: 9e15 }, { generation: 1 }))
        await stored('latchkey.generations', 'generations', 'readwrite', `latchkey.jwt.${name}`, record)
        localStorage.setItem(`latchkey.jwt.${name}`, JSON.stringify(rightly))
        return jwtStrategy({ storage: 'local' })
      },
    }
    for (const [place, put] of Object.entries(places)) {
      const seen: unknown[] = []
      const name = crypto.randomUUID()
      const { latchkey, sent } = make({
        strategy: await put(name),
        name,
        refresh: async ({ credential }) => {
          seen.push(credential.refresh_token, credential.access_token === token)
          return { access_token: token }
        },
      })
      const { status } = await latchkey.ready()
      await latchkey.fetch(`${API}/`)
      await codeOf(latchkey.refresh())
      const isCarried = place === 'a cookie’s rest' || tokenOf(sent[0]) === `Bearer ${token}`
      const leaked = !isCarried || seen[0] !== undefined || seen[1] !== true
      count({ leaked, nativeWouldLeak: naivelyMerged(withKey(key, hidden)).refresh_token !== undefined })
      expect([place, status, leaked]).toEqual([place, 'signed-in', false])
      await latchkey.clear()
    }
  })

  test('in what servers answer: nothing in it is a token, a life or a user', async (context) => {
    const count = tally(context, 'keys')
    const hidden = {
      access_token: 'evil',
      refresh_token: 'evil',
      token: 'evil',
      sub: 'eve',
      expires_in: 5,
      error: 'invalid_grant',
    }
    const answer = (url: string) => {
      const isBare = url.endsWith('/csrf')
      const rightly = url.endsWith('/token')
        ? { access_token: 'next' }
        : url.endsWith('/me')
          ? { sub: 'ann' }
          : {}
      return new Response(withKey(key, hidden, isBare ? {} : rightly))
    }
    const refresh = oauthRefresh({ tokenEndpoint: `${API}/token`, clientId: 'app' })
    const token = make({ refresh }, answer)
    await token.latchkey.set(JSON.parse(withKey(key, hidden, { access_token: 'token', refresh_token: 'rt' })))
    const isShort = token.latchkey.state.expiresAt !== undefined
    await token.latchkey.refresh()
    await token.latchkey.fetch(`${API}/`)
    const taken = [
      isShort,
      tokenOf(token.sent.at(-1)) !== 'Bearer next',
      token.latchkey.state.expiresAt !== undefined,
    ]

    const csrf = csrfEndpoint({ url: `${API}/csrf`, header: 'X-CSRF' })
    const strategy = sessionStrategy({ csrf, probe: `${API}/me` })
    const session = make({ strategy: strategy as never, name: crypto.randomUUID() }, answer)
    await session.latchkey.ready()
    await settled()
    taken.push(
      (await codeOf(session.latchkey.fetch(`${API}/`, { method: 'POST' }))) !== 'ERR_CSRF_UNAVAILABLE',
    )
    taken.push(session.latchkey.state.subject !== 'ann', session.latchkey.state.expiresAt !== undefined)
    for (const leaked of taken)
      count({ leaked, nativeWouldLeak: naivelyMerged(withKey(key, hidden)).access_token !== undefined })
    expect(taken).toEqual([false, false, false, false, false, false])
    await session.latchkey.clear()
  })

  test('in options from JSON: each factory refuses it, and takes nothing of it', async (context) => {
    const count = tally(context, 'keys')
    const evil = {
      sameSite: 'None',
      samesite: 'None',
      domain: 'evil.example',
      allowedOrigins: ['https://evil.example'],
      headers: { 'X-Evil': '1' },
      secure: false,
    }
    const options = (rightly: object) => ({ ...JSON.parse(withKey(key, evil, {})), ...rightly })
    const xsrf = { cookie: 'c', header: 'X-C' }
    const factories: Record<string, () => unknown> = {
      createLatchkey: () => createLatchkey(options({ strategy: memoryStrategy(), allowedOrigins: [API] })),
      cookieStrategy: () => cookieStrategy(options({ name: 'keys-test' })),
      jwtStrategy: () => jwtStrategy(options({ storage: 'local' })),
      tokenStrategy: () => tokenStrategy(options({})),
      memoryStrategy: () => memoryStrategy(options({})),
      sessionStrategy: () => sessionStrategy(options({})),
      defineStrategy: () =>
        defineStrategy(options({ name: 'own', store: storeChain(['memory']), placement: header('X-A') })),
      csrfCookie: () => csrfCookie(options(xsrf)),
      csrfMeta: () => csrfMeta(options({ name: 'm', header: 'X-M' })),
      csrfEndpoint: () => csrfEndpoint(options({ url: '/csrf', header: 'X-E' })),
      csrfResponseHeader: () => csrfResponseHeader(options({ header: 'X-R' })),
      oauthRefresh: () => oauthRefresh(options({ tokenEndpoint: `${API}/token`, clientId: 'app' })),
    }
    for (const preset of [django, laravel, rails, angular, spring, express, fastify, aspnet])
      factories[preset.name] = () => preset(options({}))
    for (const [name, factory] of Object.entries(factories)) {
      let message = 'made'
      try {
        factory()
      } catch (error) {
        message = error instanceof TypeError ? error.message : String(error)
      }
      const leaked = message !== `"${key}" must be an option of ${name}`
      count({ leaked, nativeWouldLeak: naivelyMerged(withKey(key, evil)).sameSite !== undefined })
      expect([name, leaked, message.slice(0, 60)]).toEqual([name, false, message.slice(0, 60)])
    }
    const { latchkey, sent } = make()
    await latchkey.set({ access_token: 'token' })
    await createClient(latchkey, options({ retry: 0 })).get(`${API}/ky`)
    await latchkey.fetch(`${API}/init`, options({}))
    const added = sent.filter(({ url, headers }) => !url.startsWith(API) || headers.has('x-evil'))
    expect(added).toEqual([])
  })

  test('as an allowed origin, and as a URL: nothing is allowed by it', async (context) => {
    const count = tally(context, 'keys')
    expect(() => make({ allowedOrigins: [key] })).toThrow(/^"allowedOrigins"/)
    for (const url of [key, `https://${key}/`, `https://evil.example/${key}`, `${API}.${key}/`]) {
      const { latchkey, sent } = make()
      await latchkey.set({ access_token: 'token' })
      await codeOf(latchkey.fetch(url))
      const leaked = sent.some((request) => tokenOf(request) !== null)
      count({ leaked, nativeWouldLeak: key in { [API]: true } })
      expect(leaked).toBe(false)
    }
  })
})
