import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, ask, bearer, cookiesIn, form, json } from './client.js'
import { type Demo, startDemo } from './demo-process.js'

interface Entry {
  readonly number: number
  readonly kind: string
  readonly line: string
  readonly did: readonly { what: string; where: string; thing: string; found?: boolean }[]
  readonly status: number
  readonly set: readonly string[]
}

let demo: Demo
beforeAll(async () => {
  demo = await startDemo({ SERVER_NAME: 'A' })
})
afterAll(() => demo?.stop())

const grant = (refresh_token: unknown) =>
  form({ grant_type: 'refresh_token', client_id: 'latchkey-demo', refresh_token: String(refresh_token) })
const call = (path: string, init?: RequestInit) => ask(`${demo.url}/api/${path}`, init)
const signIn = async (kind: string) => (await call(`${kind}/login`, json({ name: 'Ada' }))).body
const withBearer = (init: RequestInit, token: unknown): RequestInit => ({
  ...init,
  headers: { ...init.headers, ...bearer(token).headers },
})

/** What is added to the log by some work. */
async function logged(work: () => Promise<unknown>): Promise<Entry[]> {
  const before = await call('lab/log')
  await work()
  const { body } = await call(`lab/log?after=${before.body.last}`)
  return body.entries as Entry[]
}

/** What the server did, each as a line to read. */
async function done(work: () => Promise<unknown>): Promise<string[]> {
  const entries = await logged(work)
  const answers = { true: ', found', false: ', not found', undefined: '' }
  return entries.flatMap(({ did }) =>
    did.map(({ what, thing, where, found }) => `${what} ${thing} (${where})${answers[`${found}`]}`),
  )
}

test('the log says of each request what came, for which kind, by which server and how it was answered', async () => {
  const entries = await logged(async () => {
    const { refresh_token } = await signIn('jwt')
    await call('token', grant(refresh_token))
    await call('jwt/echo')
  })
  expect(entries).toMatchObject([
    { kind: 'jwt', server: 'A', line: 'POST /api/jwt/login HTTP/1.1', status: 200 },
    { kind: 'oauth', server: 'A', line: 'POST /api/token HTTP/1.1', status: 200 },
    { kind: 'jwt', server: 'A', line: 'GET /api/jwt/echo HTTP/1.1', status: 401 },
  ])
  const numbers = entries.map(({ number }) => number)
  expect(numbers).toEqual([...numbers].sort((one, other) => one - other))
})

test('neither the Lab’s own requests nor pages are in it', async () => {
  const entries = await logged(async () => {
    await call('lab/log')
    await call('lab/nothing')
    await call('config')
    await fetch(demo.url)
  })
  expect(entries).toEqual([])
})

test('a log that is asked for from nonsense on is refused', async () => {
  expect(await call('lab/log?after=x')).toMatchObject({ status: 400, body: { error: 'invalid_input' } })
})

describe('what the server does', () => {
  test('for an opaque token: it keeps a hash, and looks it up for every request', async () => {
    let token: unknown
    expect(
      await done(async () => {
        token = (await signIn('token')).access_token
      }),
    ).toContain('kept token-hash (memory)')
    expect(await done(() => call('token/echo', bearer(token)))).toContain(
      'looked-up token-hash (memory), found',
    )
    expect(await done(() => call('token/echo', bearer('made-up')))).toEqual([
      'looked-up token-hash (memory), not found',
    ])
  })

  test('for a JWT: it checks the signature, and denies a wrong one', async () => {
    const { access_token } = await signIn('jwt')
    expect(await done(() => call('jwt/echo', bearer(access_token)))).toContain('checked signature (token)')
    expect(await done(() => call('jwt/echo', bearer('a.b.c')))).toEqual(['denied signature (token)'])
  })

  test('for a JWT whose time is over: its signature is right, and its time is why it is refused', async () => {
    const { access_token } = await signIn('jwt')
    await call('jwt/expire', withBearer(json({}), access_token))
    expect(await done(() => call('jwt/echo', bearer(access_token)))).toEqual([
      'checked signature (token)',
      'denied expiry (token)',
    ])
  })

  test('for a JWT that nobody is asked about: it can not end it before its time', async () => {
    const { access_token } = await signIn('bare-jwt')
    expect(await call('bare-jwt/expire', withBearer(json({}), access_token))).toMatchObject({
      status: 409,
      body: { error: 'not_ended' },
    })
    expect(await call('bare-jwt/echo', bearer(access_token))).toMatchObject({ status: 200 })
  })

  test('for a refresh token: it is removed when it is spent, and denied when it is spent again', async () => {
    const { refresh_token } = await signIn('token')
    const spend = () => call('token', grant(refresh_token))
    const first = await done(spend)
    expect(first.slice(0, 2)).toEqual([
      'looked-up refresh-token (memory), found',
      'removed refresh-token (memory)',
    ])
    expect(first).toContain('kept refresh-token (memory)')
    expect(await done(spend)).toContain('denied refresh-token (memory)')
  })
})

describe('a session', () => {
  const csrf = { Cookie: 'XSRF-TOKEN=abc', 'X-XSRF-TOKEN': 'abc' }
  let entered: Answer
  const echo = () => call('session/echo', { headers: { Cookie: cookiesIn(entered) } })

  test('is kept at the sign-in, its CSRF token checked, and its cookie shortened in the log', async () => {
    const [entry] = await logged(async () => {
      entered = await call('session/login', json({ name: 'Ada' }, csrf))
    })
    expect(entry?.did).toContainEqual({ what: 'checked', where: 'token', thing: 'csrf' })
    expect(entry?.did.at(-1)).toEqual({ what: 'kept', where: 'memory', thing: 'session' })
    expect(entry?.set).toEqual([
      expect.stringMatching(/^latchkey_demo_sid=.{10}….{6}; Path=\/api\/session; .*HttpOnly/),
    ])
  })

  test('is looked up, and its time starts anew, for every request', async () => {
    expect(await done(echo)).toEqual(['looked-up session (memory), found', 'kept session (memory)'])
  })

  test('ends before its time when the Lab wants to see that', async () => {
    const Cookie = `${csrf.Cookie}; ${cookiesIn(entered)}`
    const entries = await logged(async () => {
      expect((await call('session/expire', json({}, { ...csrf, Cookie }))).status).toBe(200)
    })
    expect(entries).toEqual([])
    expect(await echo()).toMatchObject({ status: 401, body: { error: 'invalid_session' } })
  })
})

test.each(['jwt', 'token'])(
  'a %s that the Lab lets expire is refused, and its refresh token is still good',
  async (kind) => {
    const { access_token, refresh_token } = await signIn(kind)
    expect((await call(`${kind}/expire`, withBearer(json({}), access_token))).body).toEqual({})
    expect((await call(`${kind}/echo`, bearer(access_token))).status).toBe(401)
    const renewed = await call('token', grant(refresh_token))
    expect(await call(`${kind}/echo`, bearer(renewed.body.access_token))).toMatchObject({ status: 200 })
  },
)

test('only who has a token can let it expire', async () => {
  expect((await call('jwt/expire', json({}))).status).toBe(401)
})
