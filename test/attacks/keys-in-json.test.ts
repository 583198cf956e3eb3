import { afterEach, describe, expect, test } from 'vitest'
import {
  cookieStrategy,
  csrfEndpoint,
  jwtStrategy,
  type LatchkeyOptions,
  oauthRefresh,
  sessionStrategy,
  storeChain,
  tokenStrategy,
} from '../../src/index.js'
import { dropAllCookies, writeCookie } from '../browser/fixtures.js'
import { codeOf, settled } from '../shared/fixtures/events.js'
import { jwtOfText } from '../shared/fixtures/jwt.js'
import { API, KEYS, make, naivelyMerged, prototypes, stored, tokenOf, withKey } from './fixtures/keys.js'
import { tally } from './tally.js'

const before = prototypes()

afterEach(() => {
  expect(prototypes()).toBe(before)
  localStorage.clear()
  dropAllCookies()
})

describe.for(KEYS)('%s', { timeout: 60_000 }, (key) => {
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
})
