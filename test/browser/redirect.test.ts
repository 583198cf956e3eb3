import { afterEach, describe, expect, test } from 'vitest'
import {
  createLatchkey,
  csrfCookie,
  dpop,
  header,
  memoryStrategy,
  query,
  sessionStrategy,
} from '../../src/index.js'
import { newBench } from '../harness/bench.js'
import { codeOf } from '../shared/fixtures/events.js'
import { dropCookie, sending, writeCookie } from './fixtures.js'

const csrf = csrfCookie({ cookie: 'XSRF-TOKEN', header: 'X-XSRF-TOKEN' })

afterEach(() => dropCookie('XSRF-TOKEN'))

function redirecting() {
  const { api, foreign } = newBench()
  const to = (target: string) => api.at(`redirect/307?to=${encodeURIComponent(target)}`)
  return { api, foreign, to }
}

test('bearer follows a redirect to another origin, where no Authorization arrives', async () => {
  const { api, foreign, to } = redirecting()
  const latchkey = await sending(api.origin)
  const { url } = await latchkey.fetch(to(foreign.at('echo')), { method: 'POST', body: 'x' })
  expect(url).toBe(foreign.at('echo'))
})

test('bearer follows a redirect within the origin, and keeps the credential', async () => {
  const { api, to } = redirecting()
  const latchkey = await sending(api.origin)
  const { headers } = await (await latchkey.fetch(to(api.at('echo')))).json()
  expect(headers.authorization).toBe('Bearer token')
})

test('bearer is refused a redirect where the entry has a path, unless the caller chose', async () => {
  const { api, to } = redirecting()
  const latchkey = await sending(api.at('redirect'))
  expect(await codeOf(latchkey.fetch(to(api.at('echo'))))).toBe('ERR_REDIRECT_REFUSED')
  expect(latchkey.state.status).toBe('signed-in')
  expect((await latchkey.fetch(to(api.at('echo')), { redirect: 'follow' })).url).toBe(api.at('echo'))
})

test('bearer follows a redirect where another entry has the whole origin', async () => {
  const { api, to } = redirecting()
  const latchkey = await sending(api.at('redirect'), { allowedOrigins: [api.at('redirect'), api.origin] })
  const { headers } = await (await latchkey.fetch(to(api.at('echo')))).json()
  expect(headers.authorization).toBe('Bearer token')
})

const carried = {
  'a header': header('X-Auth-Token'),
  'a query parameter': query('key'),
  'a header that is removed, and a proof that is not': dpop(),
}

describe.for(Object.entries(carried))(
  'with the credential in %s, which browsers carry along',
  ([, placement]) => {
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

test('a request with a safe method has no CSRF header, and follows a redirect', async () => {
  writeCookie('XSRF-TOKEN=csrf-secret; path=/')
  const { api, foreign, to } = redirecting()
  const latchkey = createLatchkey({ strategy: sessionStrategy({ csrf }), allowedOrigins: [api.origin] })
  const { url } = await latchkey.fetch(to(foreign.at('echo')), { credentials: 'same-origin' })
  expect(url).toBe(foreign.at('echo'))
})

test('a redirect that loses Authorization and ends in a 401 elsewhere does not sign anybody out', async () => {
  const { api, foreign, to } = redirecting()
  const latchkey = await sending(api.origin)
  expect((await latchkey.fetch(to(foreign.at('answers/401')))).status).toBe(401)
  expect(latchkey.state.status).toBe('signed-in')
})
