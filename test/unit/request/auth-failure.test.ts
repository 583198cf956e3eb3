import { expect, test } from 'vitest'
import { codeOf } from '../../shared/fixtures/events.js'
import { ME, signedIn } from '../../shared/fixtures/instance.js'

/** An API that answers so once, and with 200 from then on. */
async function answering(first: () => Response, isAuthFailure?: (response: Response) => boolean) {
  const sent: Request[] = []
  const fetch = async (request: Request) => (sent.push(request) === 1 ? first() : new Response('ok'))
  const made = await signedIn({ fetch, isAuthFailure })
  return { ...made, sent }
}

const unauthorized = (challenge?: string) => () =>
  new Response('', { status: 401, headers: challenge ? { 'WWW-Authenticate': challenge } : {} })

const offline = () => {
  throw new TypeError('Failed to fetch')
}

test.for([
  [undefined],
  ['Bearer'],
  ['Bearer realm="x"'],
  ['Bearer error="invalid_token"'],
  ['Bearer realm="x", error="invalid_token", error_description="it has expired"'],
  ['Bearer error_description="expired"'],
  ['Basic realm="x"'],
])('after a 401 with the challenge %s it refreshes and sends again', async ([challenge]) => {
  const { latchkey, refresh, sent } = await answering(unauthorized(challenge))
  expect((await latchkey.fetch(ME)).status).toBe(200)
  expect([refresh.calls, sent.length]).toEqual([1, 2])
})

test.for([
  ['Bearer error="insufficient_scope"'],
  ['Bearer realm="x", error="insufficient_scope", scope="admin"'],
  ['Bearer error="invalid_request"'],
  ['Bearer realm="x",ERROR="insufficient_scope"'],
])('after a 401 with the challenge %s a new token would not help', async ([challenge]) => {
  const { latchkey, refresh, sent } = await answering(unauthorized(challenge))
  expect((await latchkey.fetch(ME)).status).toBe(401)
  expect([refresh.calls, sent.length]).toEqual([0, 1])
})

test('by default a fetch that fails is passed on, and is no reason to refresh', async () => {
  const { latchkey, refresh, sent } = await answering(offline)
  expect(await codeOf(latchkey.fetch(ME))).toBeInstanceOf(TypeError)
  expect([refresh.calls, sent.length, latchkey.state.status]).toEqual([0, 1, 'signed-in'])
})

test('a fetch that fails can be told to be a refusal: it refreshes and sends again', async () => {
  const seen: string[] = []
  const { latchkey, refresh } = await answering(offline, ({ type }) => {
    seen.push(type)
    return type === 'error'
  })
  expect((await latchkey.fetch(ME)).status).toBe(200)
  expect([refresh.calls, seen]).toEqual([1, ['error']])
})

test('a fetch that fails twice fails with its own error, though it was taken for a refusal', async () => {
  const error = new TypeError('Failed to fetch')
  const { latchkey } = await signedIn({ fetch: () => Promise.reject(error), isAuthFailure: () => true })
  await expect(latchkey.fetch(ME)).rejects.toBe(error)
})

test('an abort is never shown as an answer', async () => {
  const abort = () => {
    throw new DOMException('aborted', 'AbortError')
  }
  const { latchkey, refresh } = await answering(abort, () => true)
  expect(await codeOf(latchkey.fetch(ME))).toMatchObject({ name: 'AbortError' })
  expect(refresh.calls).toBe(0)
})

test('a login page with 200 can be told to be a refusal', async () => {
  const page = () => new Response('<title>Sign in</title>', { headers: { 'Content-Type': 'text/html' } })
  const isPage = ({ headers }: Response) => /html/.test(headers.get('content-type') ?? '')
  const { latchkey, refresh } = await answering(page, isPage)
  expect(await (await latchkey.fetch(ME)).text()).toBe('ok')
  expect(refresh.calls).toBe(1)
})

test('an isAuthFailure that throws is the caller’s to see', async () => {
  const { latchkey } = await answering(unauthorized(), () => {
    throw new Error('the app’s own')
  })
  await expect(latchkey.fetch(ME)).rejects.toThrow('the app’s own')
})
