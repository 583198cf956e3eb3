import { expect, test } from 'vitest'
import { oauthRefresh } from '../../../src/index.js'
import { codeOf } from '../../shared/fixtures/events.js'
import { ME, signedIn } from '../../shared/fixtures/instance.js'

const ENDPOINT = 'https://login.example.com/token'
const credential = { access_token: 'at', refresh_token: 'rt-secret', receivedAt: 0 }

function ask(answer: () => Promise<Response> | Response, scope?: string) {
  const sent: Request[] = []
  const refresh = oauthRefresh({ tokenEndpoint: ENDPOINT, clientId: 'my app', scope })
  const fetch = async (request: Request) => {
    sent.push(request)
    return answer()
  }
  const outcome = refresh({ credential, fetch, signal: new AbortController().signal })
  return { outcome, sent }
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } })

test('the grant is RFC 6749 section 6: a form with refresh token, client id and scope', async () => {
  const { outcome, sent } = ask(() => json(200, { access_token: 'new' }), 'read write')
  await outcome
  const [request] = sent
  expect([request?.method, request?.url, sent.length]).toEqual(['POST', ENDPOINT, 1])
  const form = new URLSearchParams(await request?.text())
  expect(Object.fromEntries(form)).toEqual({
    grant_type: 'refresh_token',
    refresh_token: 'rt-secret',
    client_id: 'my app',
    scope: 'read write',
  })
})

test('no scope is asked for unless it was given, and no credential goes in a header or the URL', async () => {
  const { outcome, sent } = ask(() => json(200, { access_token: 'new' }))
  await outcome
  const [request] = sent
  expect(request?.headers.get('authorization')).toBeNull()
  expect(await request?.text()).not.toContain('scope')
})

test('it follows no redirect: that would carry the refresh token away', async () => {
  const { outcome, sent } = ask(() => json(200, { access_token: 'new' }))
  await outcome
  expect(sent.map(({ redirect }) => redirect)).toEqual(['error'])
})

test('a token response is what the refresh resolves to', async () => {
  const token = { access_token: 'new', refresh_token: 'rt-2', expires_in: 60, token_type: 'Bearer' }
  expect(await ask(() => json(200, token)).outcome).toMatchObject(token)
})

for (const status of [400, 401]) {
  test(`invalid_grant with ${status} is the end of the session`, async () => {
    expect(await ask(() => json(status, { error: 'invalid_grant' })).outcome).toBeNull()
  })
}

const unknown: Record<string, () => Response> = {
  '400 with another error': () => json(400, { error: 'invalid_request' }),
  '400 without a body': () => new Response(null, { status: 400 }),
  '401 without a body': () => new Response('', { status: 401 }),
  '401 invalid_client': () => json(401, { error: 'invalid_client' }),
  '403 with a page': () => new Response('<h1>Forbidden</h1>', { status: 403 }),
  404: () => json(404, { error: 'not_found' }),
  408: () => json(408, {}),
  429: () => json(429, { error: 'slow_down' }),
  500: () => json(500, { error: 'server_error' }),
  502: () => new Response('Bad gateway', { status: 502 }),
  503: () => json(503, {}),
  'HTML with 200': () => new Response('<!doctype html><title>Sign in</title>', { status: 200 }),
  'truncated JSON with 200': () => new Response('{"access_token": "new', { status: 200 }),
  'an error with 200': () => json(200, { error: 'invalid_grant' }),
  'a token response whose token is a number': () => json(200, { access_token: 5 }),
  'JSON null': () => json(200, null),
  'JSON text': () => json(200, 'access_token'),
  'a JSON list': () => json(200, [{ access_token: 'new' }]),
  'an empty 200': () => new Response('', { status: 200 }),
}

for (const [what, answer] of Object.entries(unknown)) {
  test(`${what} says nothing about the session: ERR_REFRESH_FAILED`, async () => {
    expect(await codeOf(ask(answer).outcome)).toBe('ERR_REFRESH_FAILED')
  })
}

test('a network error is passed on as it is', async () => {
  const error = new TypeError('Failed to fetch')
  await expect(ask(() => Promise.reject(error)).outcome).rejects.toBe(error)
})

test.for(['30', '30.5'])(
  'Retry-After in seconds tells when it makes sense to try again: %s',
  async (seconds) => {
    const { outcome } = ask(() => json(429, {}, { 'Retry-After': seconds }))
    const { retryAt } = Object(await outcome.catch((error: unknown) => error))
    expect(Math.abs(retryAt - Date.now() - 30_000)).toBeLessThan(2_000)
  },
)

test('Retry-After as a date tells it, too, and one that is neither is left out', async () => {
  const date = 'Wed, 21 Oct 2099 07:28:00 GMT'
  const { outcome } = ask(() => json(503, {}, { 'Retry-After': date }))
  await expect(outcome).rejects.toMatchObject({ retryAt: Date.parse(date) })
  const odd = ask(() => json(503, {}, { 'Retry-After': 'later' }))
  expect(Object(await odd.outcome.catch((error: unknown) => error)).retryAt).toBeUndefined()
})

test('no failure quotes what was sent or answered', async () => {
  for (const answer of Object.values(unknown)) {
    const error = Object(await ask(answer).outcome.catch((thrown: unknown) => thrown))
    const told = [error.message, error.stack, error.cause, JSON.stringify(error)].join()
    expect(told).not.toMatch(/rt-secret|"new|<title>/)
  }
})

test('without a refresh token nothing is sent, a 401 is returned, and refresh says ERR_NOT_REFRESHABLE', async () => {
  const refresh = oauthRefresh({ tokenEndpoint: ENDPOINT, clientId: 'app' })
  const { latchkey, api } = await signedIn({ refresh })
  await latchkey.set({ access_token: 'at-only' })
  expect((await latchkey.fetch(ME)).status).toBe(401)
  expect(api.seen).toEqual(['Bearer at-only'])
  expect(await codeOf(latchkey.refresh())).toBe('ERR_NOT_REFRESHABLE')
  expect(latchkey.state.status).toBe('signed-in')
})

test('the refresh goes through the injected fetch, below what attaches the credential', async () => {
  const seen: [string, string | null][] = []
  const { latchkey } = await signedIn({
    refresh: oauthRefresh({ tokenEndpoint: 'https://api.example.com/token', clientId: 'app' }),
    fetch: async ({ url, headers }) => {
      seen.push([new URL(url).pathname, headers.get('authorization')])
      return json(seen.length === 1 ? 401 : 200, { access_token: 'at-new' })
    },
  })
  expect((await latchkey.fetch(ME)).status).toBe(200)
  expect(seen).toEqual([
    ['/me', 'Bearer at-0'],
    ['/token', null],
    ['/me', 'Bearer at-new'],
  ])
})
