import { afterEach, describe, expect, test } from 'vitest'
import * as library from '../../src/index.js'
import {
  angular,
  aspnet,
  configure,
  cookieStrategy,
  createClient,
  createLatchkey,
  csrfCookie,
  csrfEndpoint,
  csrfMeta,
  csrfResponseHeader,
  defineStrategy,
  django,
  dpop,
  encrypted,
  express,
  fastify,
  header,
  jwtStrategy,
  laravel,
  memoryStrategy,
  oauthRefresh,
  rails,
  sessionStrategy,
  spring,
  storeChain,
  tokenStrategy,
} from '../../src/index.js'
import { dropAllCookies } from '../browser/fixtures.js'
import { API, KEYS, make, naivelyMerged, prototypes, withKey } from './fixtures/keys.js'
import { tally } from './tally.js'

const before = prototypes()

afterEach(() => {
  expect(prototypes()).toBe(before)
  localStorage.clear()
  dropAllCookies()
})

/** What is exported and takes no object of options of its own; what is done with theirs is tested by itself. */
const WITHOUT_OPTIONS = [
  ...['LatchkeyError', 'isLatchkeyError', 'createClient', 'bearer', 'header', 'query'],
  ...['encrypted', 'storeChain', 'attachToAxios', 'install', 'route', 'uninstall'],
]
const TAKE_OPTIONS = Object.keys(library)
  .filter((name) => !WITHOUT_OPTIONS.includes(name))
  .toSorted()

/** What it is refused with, at once or later. */
async function messageOf(make: () => unknown): Promise<string> {
  try {
    await make()
    return 'made'
  } catch (error) {
    return error instanceof TypeError ? error.message : String(error)
  }
}

describe.for(KEYS)('%s', { timeout: 60_000 }, (key) => {
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
    const { latchkey, sent } = make()
    const factories: Record<string, () => unknown> = {
      createLatchkey: () => createLatchkey(options({ strategy: memoryStrategy(), allowedOrigins: [API] })),
      configure: () => configure({ strategy: { type: 'memory' }, allowedOrigins: [API] }, options({})),
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
      dpop: () => dpop(options({})),
      oauthRefresh: () => oauthRefresh(options({ tokenEndpoint: `${API}/token`, clientId: 'app' })),
    }
    for (const preset of [django, laravel, rails, angular, spring, express, fastify, aspnet])
      factories[preset.name] = () => preset(options({}))
    expect(Object.keys(factories).toSorted()).toEqual(TAKE_OPTIONS)
    const ofInstances = {
      eventSource: () => latchkey.eventSource(`${API}/events`, options({})),
      webSocket: () => latchkey.webSocket(`${API}/socket`, options({ ticket: async () => 'x' })),
    }
    for (const [name, factory] of Object.entries({ ...factories, ...ofInstances })) {
      const message = await messageOf(factory)
      const leaked = message !== `"${key}" must be an option of ${name}`
      count({ leaked, nativeWouldLeak: naivelyMerged(withKey(key, evil)).sameSite !== undefined })
      expect([name, leaked, message.slice(0, 60)]).toEqual([name, false, message.slice(0, 60)])
    }
    await latchkey.set({ access_token: 'token' })
    await createClient(latchkey, options({ retry: 0 })).get(`${API}/ky`)
    await latchkey.fetch(`${API}/init`, options({}))
    const added = sent.filter(({ url, headers }) => !url.startsWith(API) || headers.has('x-evil'))
    expect(added).toEqual([])
  })

  test('as the name of a store: there is none of that name', async (context) => {
    const count = tally(context, 'keys')
    const store = key as 'memory'
    const stored: Record<string, () => unknown> = {
      encrypted: () => encrypted(store),
      storeChain: () => storeChain([store]),
      dpop: () => dpop({ storage: store as never }),
      jwtStrategy: () => jwtStrategy({ storage: store as never }),
      tokenStrategy: () => tokenStrategy({ storage: store as never }),
    }
    const messages = await Promise.all(Object.values(stored).map(messageOf))
    for (const message of messages) {
      const leaked = !/^"stor(e|es|age)" must /.test(message)
      count({ leaked, nativeWouldLeak: Object({ memory: true })[key] !== undefined })
    }
    expect(messages.filter((message) => !/^"stor(e|es|age)" must /.test(message))).toEqual([])
  })
})
