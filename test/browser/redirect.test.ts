import { afterEach, describe, expect, test } from 'vitest'
import {
  cookieStrategy,
  createLatchkey,
  csrfCookie,
  header,
  memoryStrategy,
  query,
  sessionStrategy,
} from '../../src/index.js'
import { newBench } from '../harness/bench.js'
import { codeOf } from '../shared/fixtures/events.js'
import { dropCookie, sending, writeCookie } from './fixtures.js'

const STATUSES = [301, 302, 303, 307, 308]
const csrf = csrfCookie({ cookie: 'XSRF-TOKEN', header: 'X-XSRF-TOKEN' })

afterEach(() => {
  dropCookie('XSRF-TOKEN')
  dropCookie('redirect-test')
})

function redirecting() {
  const { api, foreign } = newBench()
  const to = (target: string, status = 307) => api.at(`redirect/${status}?to=${encodeURIComponent(target)}`)
  return { api, foreign, to }
}

const sessionWith = (origin: string) =>
  createLatchkey({ strategy: sessionStrategy({ csrf }), allowedOrigins: [origin] })

test.for(STATUSES)(
  'bearer follows a %i to another origin, where no Authorization arrives',
  async (status) => {
    const { api, foreign, to } = redirecting()
    const latchkey = await sending(api.origin)
    const { url } = await latchkey.fetch(to(foreign.at('echo'), status), { method: 'POST', body: 'x' })
    expect(url).toBe(foreign.at('echo'))
    const log = await foreign.log()
    expect(log.length).toBeGreaterThan(0)
    // WebKit's preflight there names the header, which the request itself then has not.
    for (const { headers } of log) expect(headers.authorization).toBeUndefined()
    expect(JSON.stringify(log)).not.toContain('token')
  },
)

test('bearer follows a redirect within the origin, and keeps the credential', async () => {
  const { api, to } = redirecting()
  const latchkey = await sending(api.origin)
  const { headers } = await (await latchkey.fetch(to(api.at('echo')))).json()
  expect(headers.authorization).toBe('Bearer token')
})

const carried = { 'a header': header('X-Auth-Token'), 'a query parameter': query('key') }

describe.for(Object.entries(carried))(
  'with the credential in %s, which browsers carry along',
  ([, placement]) => {
    test.for(STATUSES)('a %i to another origin is refused, and nothing arrives there', async (status) => {
      const { api, foreign, to } = redirecting()
      const latchkey = await sending(api.origin, { strategy: memoryStrategy({ placement }) })
      for (const method of ['GET', 'POST']) {
        const asked = latchkey.fetch(to(foreign.at('echo'), status), { method })
        expect(await codeOf(asked)).toBe('ERR_REDIRECT_REFUSED')
      }
      expect(await foreign.log()).toEqual([])
    })

    test('a redirect within the origin is refused, too: where it leads cannot be seen', async () => {
      const { api, to } = redirecting()
      const latchkey = await sending(api.origin, { strategy: memoryStrategy({ placement }) })
      expect(await codeOf(latchkey.fetch(to(api.at('echo'))))).toBe('ERR_REDIRECT_REFUSED')
      expect(latchkey.state.status).toBe('signed-in')
    })

    test('it is the caller’s choice to follow, or to get the redirect itself', async () => {
      const { api, foreign, to } = redirecting()
      const latchkey = await sending(api.origin, { strategy: memoryStrategy({ placement }) })
      const { url } = await latchkey.fetch(to(foreign.at('echo')), { redirect: 'follow' })
      expect(url).toBe(foreign.at('echo'))
      const { type } = await latchkey.fetch(to(foreign.at('echo')), { redirect: 'manual' })
      expect(type).toBe('opaqueredirect')
      await expect(latchkey.fetch(to(foreign.at('echo')), { redirect: 'error' })).rejects.toThrow(TypeError)
    })

    test('signed out there is nothing to lose, and a redirect is followed', async () => {
      const { api, foreign, to } = redirecting()
      const latchkey = createLatchkey({
        strategy: memoryStrategy({ placement }),
        allowedOrigins: [api.origin],
      })
      expect((await latchkey.fetch(to(foreign.at('echo')))).url).toBe(foreign.at('echo'))
    })

    test('a body arrives once and whole where no redirect is answered', async () => {
      const { api } = redirecting()
      const latchkey = await sending(api.origin, { strategy: memoryStrategy({ placement }) })
      const body = new Blob(['x'.repeat(100_000)])
      const { bodyBytes } = await (await latchkey.fetch(api.at('echo'), { method: 'POST', body })).json()
      expect(bodyBytes).toBe(100_000)
    })
  },
)

test('a CSRF header is refused a redirect on unsafe methods, and on safe ones there is none', async () => {
  writeCookie('XSRF-TOKEN=csrf-secret; path=/')
  const { api, foreign, to } = redirecting()
  const latchkey = sessionWith(api.origin)
  expect(await codeOf(latchkey.fetch(to(foreign.at('echo')), { method: 'POST' }))).toBe(
    'ERR_REDIRECT_REFUSED',
  )
  expect(await foreign.log()).toEqual([])
  await latchkey.fetch(to(foreign.at('echo')), { credentials: 'same-origin' })
  expect(JSON.stringify(await foreign.log())).not.toContain('x-xsrf-token')
})

test('a script-written cookie with a CSRF header is refused a redirect the same', async () => {
  writeCookie('XSRF-TOKEN=csrf-secret; path=/')
  const { api, foreign, to } = redirecting()
  const strategy = cookieStrategy({ name: 'redirect-test', csrf })
  const latchkey = await sending(api.origin, { strategy })
  expect(await codeOf(latchkey.fetch(to(foreign.at('echo')), { method: 'DELETE' }))).toBe(
    'ERR_REDIRECT_REFUSED',
  )
  expect(await foreign.log()).toEqual([])
})

test('a redirect that loses Authorization and ends in a 401 elsewhere does not sign anybody out', async () => {
  const { api, foreign, to } = redirecting()
  const latchkey = await sending(api.origin)
  expect((await latchkey.fetch(to(foreign.at('answers/401')))).status).toBe(401)
  expect(latchkey.state.status).toBe('signed-in')
})
