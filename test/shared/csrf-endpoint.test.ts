import { expect, test } from 'vitest'
import { csrfEndpoint } from '../../src/index.js'
import { protectedBy } from './fixtures/csrf-server.js'
import { codeOf, settled } from './fixtures/events.js'
import { API } from './fixtures/instance.js'

const csrf = () => csrfEndpoint({ url: `${API}/csrf-token`, header: 'X-CSRF-Token' })

test('the token is asked for before the first unsafe request, and kept for the next ones', async () => {
  const { server, post } = protectedBy(csrf())
  await post()
  await post()
  expect(server.seen).toEqual(['GET /csrf-token', 'POST /items csrf-1', 'POST /items csrf-1'])
})

test('a GET neither asks for a token nor carries one', async () => {
  const { server, latchkey } = protectedBy(csrf())
  await latchkey.fetch(`${API}/me`)
  expect(server.seen).toEqual(['GET /me'])
})

test('ten requests at once ask once', async () => {
  const { server, post } = protectedBy(csrf())
  const answers = await Promise.all(Array.from({ length: 10 }, () => post()))
  expect(answers.every(({ ok }) => ok)).toBe(true)
  expect(server.seen.filter((line) => line.startsWith('GET'))).toHaveLength(1)
})

test('ten requests that are refused at once ask for one new token, and each is sent once more', async () => {
  const { server, post } = protectedBy(csrf())
  await post()
  server.token = 'csrf-2'
  server.seen.length = 0
  const answers = await Promise.all(Array.from({ length: 10 }, () => post()))
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
  expect(server.seen.toSorted()).toEqual([
    'GET /csrf-token',
    ...Array(10).fill('POST /items csrf-1'),
    ...Array(10).fill('POST /items csrf-2'),
  ])
})

test('what is sent once more has the same body', async () => {
  const bodies: string[] = []
  const { server, post } = protectedBy(csrf())
  server.accepted = async (request) => new Response(String(bodies.push(await request.text())))
  await post()
  server.token = 'csrf-2'
  await post('/items', { body: new Blob(['the same']) })
  await post('/items', { body: new TextEncoder().encode('bytes') })
  expect(bodies).toEqual(['an item', 'the same', 'bytes'])
})

test('a second refusal comes back as it is, and clears nothing', async () => {
  const { server, latchkey, post, events } = protectedBy(csrf())
  await latchkey.set({})
  events.length = 0
  server.given = async () => Response.json({ token: `wrong-${server.seen.length}` })
  const answer = await post()
  expect([answer.status, (await answer.json()).code]).toEqual([403, 'EBADCSRFTOKEN'])
  expect(server.seen.map((line) => line.split(' ')[0])).toEqual(['GET', 'POST', 'GET', 'POST'])
  expect(latchkey.state.status).toBe('signed-in')
  expect(events.filter(({ type }) => type !== 'signed-in')).toEqual([])
})

test('a 403 of another reason is neither asked about nor sent again, and its body is the caller’s', async () => {
  const { server, post } = protectedBy(csrf())
  await post()
  server.seen.length = 0
  server.accepted = async () => Response.json({ message: 'admins only' }, { status: 403 })
  const answer = await post()
  expect([answer.status, await answer.json()]).toEqual([403, { message: 'admins only' }])
  expect(server.seen).toEqual(['POST /items csrf-1'])
})

test('the token that is refused although it is the newest is not sent again', async () => {
  const { server, post } = protectedBy(csrf())
  await post()
  server.token = 'csrf-2'
  server.given = async () => Response.json({ token: 'csrf-1' })
  expect((await post()).status).toBe(403)
  expect(server.seen.slice(-2)).toEqual(['POST /items csrf-1', 'GET /csrf-token'])
})

test('a refusal comes back as it is where no new token is to be had', async () => {
  const { server, post } = protectedBy(csrf())
  await post()
  server.token = 'csrf-2'
  server.given = async () => new Response(null, { status: 503 })
  expect((await post()).status).toBe(403)
})

test('a sign-in begins another session, whose token is asked for before it is needed', async () => {
  const { server, latchkey, post } = protectedBy(csrf())
  await post('/login')
  server.token = 'csrf-2'
  await latchkey.set({})
  await post()
  expect(server.seen).toEqual([
    'GET /csrf-token',
    'POST /login csrf-1',
    'GET /csrf-token',
    'POST /items csrf-2',
  ])
})

test('a token that is on its way for the session before is not waited for', async () => {
  const { server, latchkey, post } = protectedBy(csrf())
  server.given = () => new Promise(() => {})
  const early = post().catch(() => {})
  await settled()
  await latchkey.set({})
  server.given = async () => Response.json({ token: server.token })
  expect((await post()).status).toBe(200)
  await early
})

test('a request may be refused first for its token and then for its session, and goes out with the same bytes', async () => {
  const bodies: string[] = []
  const { server, latchkey, post } = protectedBy(csrf(), { refresh: async () => ({}) })
  await latchkey.set({})
  await post()
  server.token = 'csrf-2'
  server.accepted = async (request) => {
    bodies.push(await request.text())
    return new Response(null, { status: bodies.length === 1 ? 401 : 200 })
  }
  expect((await post('/items', { body: new TextEncoder().encode('bytes') })).status).toBe(200)
  expect(bodies).toEqual(['bytes', 'bytes'])
})

test('a login is sent once more as well, though nobody is signed in', async () => {
  const { server, post } = protectedBy(csrf())
  await post('/csrf-needed')
  server.token = 'csrf-2'
  expect((await post('/login', { body: new URLSearchParams({ user: 'ada' }) })).status).toBe(200)
})

test('the caller’s own header wins, and its refusal is the caller’s', async () => {
  const { server, post } = protectedBy(csrf())
  expect((await post('/items', { headers: { 'X-CSRF-Token': 'mine' } })).status).toBe(403)
  expect(server.seen).toEqual(['POST /items mine'])
})

test.each([
  ['an error', () => Response.json({}, { status: 500 })],
  ['a page', () => new Response('<p>Sign in', { headers: { 'Content-Type': 'text/html' } })],
  ['no such field', () => Response.json({ csrfToken: 'csrf-1' })],
  ['a field of another type', () => Response.json({ token: 1 })],
  ['an empty token', () => Response.json({ token: '' })],
])('with %s in place of a token nothing is sent, and the error says so', async (_, answer) => {
  const { server, post } = protectedBy(csrf())
  server.given = async () => answer()
  const error = await post().catch((reason) => reason)
  expect([error.code, error.cause.message]).toEqual([
    'ERR_CSRF_UNAVAILABLE',
    expect.stringContaining('the CSRF endpoint answered'),
  ])
  expect(server.seen).toEqual(['GET /csrf-token'])
})

test('an endpoint that hangs is given up after refreshTimeoutSeconds', async () => {
  const { server, post } = protectedBy(csrf(), { refreshTimeoutSeconds: 0.05 })
  server.given = () => new Promise(() => {})
  expect(await codeOf(post())).toBe('ERR_CSRF_UNAVAILABLE')
})

test('one caller’s abort ends its own waiting alone', async () => {
  const { server, post } = protectedBy(csrf())
  let answer = () => {}
  const asked = new Promise<void>((resolve) => {
    answer = resolve
  })
  server.given = () => asked.then(() => Response.json({ token: 'csrf-1' }))
  const impatient = new AbortController()
  const [aborted, other] = [post('/items', { signal: impatient.signal }), post()]
  await new Promise((resume) => setTimeout(resume, 20))
  impatient.abort()
  expect((await aborted.catch((reason) => reason)).name).toBe('AbortError')
  answer()
  expect((await other).status).toBe(200)
})

test('an endpoint that is not on the list is never asked, and gets no cookie', async () => {
  const { server, post } = protectedBy(
    csrfEndpoint({ url: 'https://ads.example.net/t', header: 'X-CSRF-Token' }),
  )
  expect(await codeOf(post())).toBe('ERR_FOREIGN_ORIGIN')
  expect(server.seen).toEqual([])
})
