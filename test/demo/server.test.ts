import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, bearer, cookiesIn, form, json } from './client.js'
import { type Demo, startDemo } from './demo-process.js'

let demo: Demo
beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo?.stop())

const grant = (refresh_token: unknown) =>
  form({ grant_type: 'refresh_token', client_id: 'latchkey-demo', refresh_token: String(refresh_token) })
const signIn = async (kind = 'jwt') =>
  (await ask(`${demo.url}/api/${kind}/login`, json({ name: 'Ada' }))).body

describe('bad input is answered in JSON, with a status and no inside', () => {
  const get: RequestInit = {}
  test.each([
    ['a name that is missing', '/api/jwt/login', json({}), 400, 'invalid_input'],
    ['a name that is no text', '/api/jwt/login', json({ name: 7 }), 400, 'invalid_input'],
    ['a name of blanks', '/api/jwt/login', json({ name: '  ' }), 400, 'invalid_input'],
    ['a name of 65 characters', '/api/jwt/login', json({ name: 'a'.repeat(65) }), 400, 'invalid_input'],
    ['a name with a line break', '/api/jwt/login', json({ name: 'a\nb' }), 400, 'invalid_input'],
    ['a list for a body', '/api/jwt/login', json([]), 400, 'invalid_input'],
    ['a body that is not JSON', '/api/jwt/login', json('{"name":'), 400, 'malformed_json'],
    ['a form where JSON is wanted', '/api/jwt/login', form({ name: 'Ada' }), 400, 'invalid_input'],
    ['a body that is too large', '/api/jwt/login', json({ name: 'a'.repeat(9_000) }), 413, 'too_large'],
    [
      'an unknown encoding',
      '/api/jwt/login',
      json({}, { 'Content-Encoding': 'zip' }),
      415,
      'unsupported_media_type',
    ],
    ['another method', '/api/jwt/login', { method: 'PUT' }, 405, 'method_not_allowed'],
    ['an unknown strategy', '/api/magic/login', json({ name: 'Ada' }), 404, 'not_found'],
    ['an unknown page', '/nothing?access_token=1', get, 404, 'not_found'],
    ['a file outside of the page', '/..%2fpackage.json', get, 404, 'not_found'],
    ['another grant type', '/api/token', form({ grant_type: 'password' }), 400, 'invalid_request'],
    ['an unknown refresh token', '/api/token', grant('made-up'), 400, 'invalid_grant'],
    [
      'a session sign-in without CSRF token',
      '/api/session/login',
      json({ name: 'Ada' }),
      403,
      'csrf_refused',
    ],
  ])('%s', async (_, path, init, status, error) => {
    const answer = await ask(demo.url + path, init)
    expect(answer).toMatchObject({
      status,
      body: { error, message: expect.stringMatching(/^[^\n]{5,120}$/) },
    })
  })
})

test('a request without a credential is told which one is wanted, a wrong one that it is wrong', async () => {
  const without = await ask(`${demo.url}/api/jwt/echo`)
  expect(without.headers.get('WWW-Authenticate')).toBe('Bearer realm="latchkey demo"')
  const wrong = await ask(`${demo.url}/api/jwt/echo`, bearer('a.b.c'))
  expect(wrong).toMatchObject({ status: 401, body: { error: 'invalid_token' } })
  expect(wrong.headers.get('WWW-Authenticate')).toBe('Bearer realm="latchkey demo", error="invalid_token"')
})

test.each(['jwt', 'token'])(
  'a %s is good until the sign-out, and for its own strategy alone',
  async (kind) => {
    const { access_token } = await signIn(kind)
    const echo = `${demo.url}/api/${kind}/echo`
    expect(await ask(echo, bearer(access_token))).toMatchObject({ status: 200, body: { name: 'Ada' } })
    expect(
      (await ask(`${demo.url}/api/token-header/echo`, { headers: { 'X-Auth-Token': String(access_token) } }))
        .status,
    ).toBe(401)
    await ask(`${demo.url}/api/${kind}/logout`, { method: 'POST', ...bearer(access_token) })
    expect((await ask(echo, bearer(access_token))).status).toBe(401)
  },
)

test('a refresh token can be spent once; spending it again ends the whole sign-in', async () => {
  const first = await signIn()
  const second = await ask(`${demo.url}/api/token`, grant(first.refresh_token))
  expect(second).toMatchObject({ status: 200, body: { token_type: 'Bearer', expires_in: 300 } })
  const again = await ask(`${demo.url}/api/token`, grant(first.refresh_token))
  expect(again).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  expect((await ask(`${demo.url}/api/jwt/echo`, bearer(second.body.access_token))).status).toBe(401)
})

test('a session has an HttpOnly cookie of its own, and ends on the server', async () => {
  const echo = `${demo.url}/api/session/echo`
  const csrf = cookiesIn(await ask(echo))
  const guard = { Cookie: csrf, 'X-XSRF-TOKEN': csrf.replace('XSRF-TOKEN=', '') }
  const entered = await ask(`${demo.url}/api/session/login`, json({ name: 'Ada' }, guard))
  expect(entered.headers.getSetCookie().join()).toMatch(
    /^latchkey_demo_sid=[^;]+; Path=\/api\/session;.* HttpOnly; SameSite=Lax$/,
  )
  const headers = { ...guard, Cookie: `${csrf}; ${cookiesIn(entered)}` }
  const echoed = await ask(echo, { headers })
  expect(echoed).toMatchObject({ status: 200, body: { name: 'Ada' } })
  // Its time starts anew in the browser, too.
  expect(cookiesIn(echoed)).toBe(cookiesIn(entered))
  expect(await ask(echo, json({}, { Cookie: headers.Cookie }))).toMatchObject({ status: 403 })
  await ask(`${demo.url}/api/session/logout`, { method: 'POST', headers })
  expect(await ask(echo, { headers })).toMatchObject({ status: 401, body: { error: 'invalid_session' } })
})

test('the echo shows the raw request, and shortens what is secret in it', async () => {
  const { access_token } = await signIn('token-query')
  const { body } = await ask(`${demo.url}/api/token-query/echo?access_token=${access_token}`)
  expect(JSON.stringify(body)).toMatch(/GET \/api\/token-query\/echo\?access_token=[\w-]{10}….{6} HTTP\/1\.1/)
  expect(JSON.stringify(body)).not.toContain(access_token)
})
