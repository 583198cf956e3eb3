import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Csrf, createLatchkey, csrfCookie, csrfEndpoint, sessionStrategy } from '../../src/index.js'
import { canary } from './canary.js'
import { leaksIn } from './detector.js'
import { stubPage } from './page.js'
import { API } from './strategies.js'
import { witness } from './witness.js'

beforeEach(() => stubPage())
afterEach(() => vi.unstubAllGlobals())

const header = 'X-CSRF-Token'
const endpoint = csrfEndpoint({ url: `${API}/csrf-token?session=${canary}`, header })

function make(csrf: Csrf, fetch: (request: Request) => Promise<Response>, probe?: string) {
  return createLatchkey({ strategy: sessionStrategy({ csrf, probe }), allowedOrigins: [API], fetch })
}

const posted = (latchkey: ReturnType<typeof make>) =>
  witness(latchkey as never, () => latchkey.fetch(`${API}/items`, { method: 'POST' }))

describe('a CSRF token that could not be got', () => {
  it.each([
    ['half of a JSON text', () => new Response(`{"token":"${canary}`)],
    ['another field', () => Response.json({ csrf: canary })],
    ['an error', () => Response.json({ token: canary }, { status: 500 })],
  ])('is said with nothing of %s', async (_, answer) => {
    const evidence = await posted(make(endpoint, async () => answer()))
    expect(evidence.error).toHaveProperty('code', 'ERR_CSRF_UNAVAILABLE')
    expect(leaksIn(evidence)).toEqual([])
  })
})

it('a refused token, and the one after it, are in no event, error or state', async () => {
  const refused = async ({ method }: Request) =>
    method === 'GET' ? Response.json({ token: canary }) : Response.json({ message: 'csrf' }, { status: 403 })
  const evidence = await posted(make(endpoint, refused))
  expect(leaksIn(evidence)).toEqual([])
})

it('two CSRF cookies are told of by their name', async () => {
  stubPage({ document: { cookie: `csrf=${canary}; csrf=other-${canary}` } })
  const latchkey = make(csrfCookie({ cookie: 'csrf', header }), async () => new Response())
  const evidence = await posted(latchkey)
  expect(evidence.told).toContainEqual([expect.anything(), { type: 'duplicate-cookie', cookie: 'csrf' }])
  expect(leaksIn(evidence)).toEqual([])
})

it('a probe that can’t be read is said with nothing of what it answered', async () => {
  const latchkey = make(endpoint, async () => new Response(`{"sub":"${canary}`), `${API}/me?key=${canary}`)
  const evidence = await witness(latchkey as never, () => latchkey.ready())
  expect(leaksIn(evidence)).toEqual([])
})
