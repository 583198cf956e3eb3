import { afterEach, describe, expect, test } from 'vitest'
import {
  cookieStrategy,
  csrfCookie,
  csrfEndpoint,
  csrfMeta,
  csrfResponseHeader,
  encrypted,
  header,
  jwtStrategy,
  memoryStrategy,
  query,
  sessionStrategy,
  tokenStrategy,
} from '../../src/index.js'
import { dropAllCookies, shownCookie } from '../browser/fixtures.js'
import { sharedOut } from '../harness/shared-out.js'
import { codeOf } from '../shared/fixtures/events.js'
import { jwtOfText } from '../shared/fixtures/jwt.js'
import { API, KEYS, make, naivelyMerged, prototypes, tokenOf, withKey } from './fixtures/keys.js'
import { tally } from './tally.js'

const before = prototypes()

afterEach(() => {
  expect(prototypes()).toBe(before)
  localStorage.clear()
  dropAllCookies()
})

describe.for(KEYS)('%s', { timeout: 60_000 }, (key) => {
  test('as two instances’ name: what one keeps the other never finds', async (context) => {
    const count = tally(context, 'keys')
    // That each name is one, every engine tries; with which other it is taken for the same, none decides.
    for (const other of sharedOut(KEYS.filter((one) => one !== key))) {
      const encryptedStrategy = tokenStrategy({ storage: encrypted('local') })
      for (const strategy of [jwtStrategy({ storage: 'local' }), tokenStrategy(), encryptedStrategy]) {
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
