import { once } from 'node:events'
import { type OutgoingHttpHeaders, request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startRedis } from '../servers/web/redis.js'
import { isUsable } from '../servers/web/runtimes.js'
import { type Answer, ask, bearer, cookiesIn, form, json } from './client.js'
import { type Demo, startDemo } from './demo-process.js'

const grant = (refresh_token: unknown) =>
  form({ grant_type: 'refresh_token', client_id: 'latchkey-demo', refresh_token: String(refresh_token) })

const csrf = { Cookie: 'XSRF-TOKEN=abc', 'X-XSRF-TOKEN': 'abc' }

describe.runIf(isUsable('redis-server'))('two servers with one Redis and one secret', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>
  let servers: readonly [Demo, Demo]
  beforeAll(async () => {
    redis = await startRedis()
    const env = { REDIS_URL: redis.url, SESSION_SECRET: 'the same in both of them' }
    // One after the other: each start compiles into the same folder.
    servers = [await startDemo({ ...env, SERVER_NAME: 'A' }), await startDemo({ ...env, SERVER_NAME: 'B' })]
  })
  afterAll(async () => {
    await Promise.all((servers ?? []).map(({ stop }) => stop()))
    await redis?.stop()
  })

  const call = (at: 0 | 1, path: string, init?: RequestInit) => ask(`${servers[at].url}/api/${path}`, init)
  const signIn = async (kind: string) => (await call(0, `${kind}/login`, json({ name: 'Ada' }))).body

  test.each(['token', 'jwt', 'bare-jwt'])(
    'a %s of one is good at the other, and so is its refresh token',
    async (kind) => {
      const { access_token, refresh_token } = await signIn(kind)
      expect(await call(1, `${kind}/echo`, bearer(access_token))).toMatchObject({ body: { name: 'Ada' } })
      const renewed = await call(1, 'token', grant(refresh_token))
      expect(await call(0, `${kind}/echo`, bearer(renewed.body.access_token))).toMatchObject({ status: 200 })
    },
  )

  test.each([
    ['token', 401],
    ['jwt', 401],
    ['bare-jwt', 200],
  ])('a %s that was signed out at one is answered %i at the other', async (kind, status) => {
    const { access_token, refresh_token } = await signIn(kind)
    await call(0, `${kind}/logout`, { method: 'POST', ...bearer(access_token) })
    expect((await call(1, `${kind}/echo`, bearer(access_token))).status).toBe(status)
    expect(await call(1, 'token', grant(refresh_token))).toMatchObject({ body: { error: 'invalid_grant' } })
  })

  test('a refresh token that both get at the same time is spent by one, and then the sign-in has ended', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { refresh_token } = await signIn('token')
      const both = [call(0, 'token', grant(refresh_token)), call(1, 'token', grant(refresh_token))]
      const answers = await Promise.all(both)
      const good = answers.filter(({ status }) => status === 200)
      // The one that came first is refused, too, if the other's end of the sign-in overtook it.
      expect(good.length).toBeLessThanOrEqual(1)
      for (const { body } of good)
        expect((await call(0, 'token/echo', bearer(body.access_token))).status).toBe(401)
    }
  })

  test('a session of one is good at the other, and its end as well', async () => {
    const entered: Answer = await call(0, 'session/login', json({ name: 'Ada' }, csrf))
    const headers = { ...csrf, Cookie: `${csrf.Cookie}; ${cookiesIn(entered)}` }
    expect(await call(1, 'session/echo', { headers })).toMatchObject({ body: { name: 'Ada' } })
    await call(0, 'session/logout', { method: 'POST', headers })
    expect((await call(1, 'session/echo', { headers })).status).toBe(401)
  })

  test('the sessions of the environments keep the cookie that goes to all of /api', async () => {
    const url = new URL('/api/login', servers[0].url)
    const host = url.host.replace('localhost', 'production.localhost')
    // By Node's own client: its fetch sends no other host than that of the URL.
    const { headers, body } = json({ name: 'Ada' }, { ...csrf, host })
    const sent = request(url, { method: 'POST', headers: headers as OutgoingHttpHeaders }).end(body)
    const [answer] = await once(sent, 'response')
    expect(String(answer.headers['set-cookie'])).toMatch(/^latchkey_demo_sid=.*; Path=\/api;/)
  })

  test('what is kept is shown by both, each secret shortened', async () => {
    const { access_token } = await signIn('day-token')
    await call(0, 'session/login', json({ name: 'Grace' }, csrf))
    const { access_token: ended } = await signIn('jwt')
    await call(0, 'jwt/logout', { method: 'POST', ...bearer(ended) })
    const shown = await Promise.all([call(0, 'lab/kept'), call(1, 'lab/kept')])
    for (const { body } of shown) {
      expect(body.where).toBe('redis')
      expect(body.sessions).toContainEqual(
        expect.objectContaining({ id: expect.stringMatching(/^.{8}…$/), name: 'Grace' }),
      )
      const hash = { hash: expect.stringMatching(/^.{8}…$/), kind: 'day-token', name: 'Ada' }
      expect(body.tokenHashes).toContainEqual({ ...hash, endsAt: expect.any(Number) })
      expect(body.denied).toContainEqual(expect.objectContaining({ kind: 'jwt' }))
      expect(JSON.stringify(body)).not.toContain(access_token)
    }
  })

  test('without Redis nobody is told that a token is bad: the answer is 503', async () => {
    const { access_token } = await signIn('token')
    await redis.stop()
    for (const path of ['token/echo', 'token/me'])
      expect(await call(0, path, bearer(access_token))).toMatchObject({
        status: 503,
        body: { error: 'store_unavailable' },
      })
  })
})
