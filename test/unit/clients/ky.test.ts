import { HTTPError, isHTTPError, isTimeoutError } from 'ky'
import { expect, test } from 'vitest'
import { createClient } from '../../../src/index.js'
import { never } from '../../shared/fixtures/faults.js'
import { API, signedIn } from '../../shared/fixtures/instance.js'

/** A client whose server answers as told, one answer after the other. */
async function client(answers: (() => Promise<Response> | Response)[], options = {}) {
  const sent: Request[] = []
  const authorizations: (string | null)[] = []
  const { latchkey } = await signedIn({
    fetch: async (request) => {
      sent.push(request)
      authorizations.push(request.headers.get('authorization'))
      return (answers.length > 1 ? answers.shift() : answers[0])?.() ?? new Response()
    },
  })
  const api = createClient(latchkey, { prefix: API, retry: { limit: 2, delay: () => 1 }, ...options })
  return {
    api,
    latchkey,
    authorizations,
    sent,
  }
}

const ok = () => Response.json({ name: 'ann' })
const status = (code: number) => () => new Response('{"why":"no"}', { status: code })

test('JSON goes out and comes in as ky documents it, with the credential on the request', async () => {
  const { api, sent, authorizations } = await client([ok])
  expect(await api.post('users', { json: { name: 'ann' } }).json()).toEqual({ name: 'ann' })
  expect(sent.map(({ url, method }) => [method, url])).toEqual([['POST', `${API}/users`]])
  expect(await sent[0]?.clone().text()).toBe('{"name":"ann"}')
  expect(authorizations).toEqual(['Bearer at-0'])
})

test('a retry is a request of its own: 503, then 200', async () => {
  const { api, authorizations } = await client([status(503), ok])
  expect(await api.get('me').json()).toEqual({ name: 'ann' })
  expect(authorizations).toEqual(['Bearer at-0', 'Bearer at-0'])
})

test('a retry carries the credential of its own time, not the one before', async () => {
  const made = await client([
    async () => {
      await made.latchkey.set({ access_token: 'at-new' })
      return new Response('', { status: 503 })
    },
    ok,
  ])
  await made.api.get('me')
  expect(made.authorizations).toEqual(['Bearer at-0', 'Bearer at-new'])
})

test('a 401 is refreshed below ky, which sees the 200 alone', async () => {
  const seen: number[] = []
  const hooks = { afterResponse: [({ response }: { response: Response }) => void seen.push(response.status)] }
  const { api, authorizations } = await client([status(401), ok], { hooks })
  expect(await api.get('me').json()).toEqual({ name: 'ann' })
  expect([seen, authorizations]).toEqual([[200], ['Bearer at-0', 'Bearer at-1']])
})

test('a status that is no success is ky’s HTTPError, not wrapped', async () => {
  const { api } = await client([status(404)])
  const error: unknown = await api.get('me').catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(HTTPError)
  expect(isHTTPError(error) && error.response.status).toBe(404)
})

test('a time that is over is ky’s TimeoutError, and the request is aborted', async () => {
  const { api, sent } = await client([never], { timeout: 30, retry: 0 })
  const error: unknown = await api.get('me').catch((thrown: unknown) => thrown)
  expect(isTimeoutError(error)).toBe(true)
  expect(sent[0]?.signal.aborted).toBe(true)
})

test('no hook, retry or error of ky’s ever sees the credential', async () => {
  const seen: unknown[] = []
  const look = (given: Record<string, unknown>) => {
    for (const value of Object.values(given)) {
      if (value instanceof Request) seen.push(...value.headers, value.url)
      if (value instanceof HTTPError) seen.push(...value.request.headers, value.message, value.stack)
      seen.push(JSON.stringify(value))
    }
  }
  const hooks = { beforeRequest: [look], beforeRetry: [look], afterResponse: [look], beforeError: [look] }
  const { api, authorizations } = await client([status(503)], { hooks })
  const error: unknown = await api.get('me').catch((thrown: unknown) => thrown)
  look({ error })
  expect(authorizations).toEqual(Array(3).fill('Bearer at-0'))
  expect(seen.length).toBeGreaterThan(8)
  expect(String(seen)).not.toContain('at-0')
})

test('a hook may change the request, and what it adds arrives', async () => {
  const hooks = {
    beforeRequest: [({ request }: { request: Request }) => request.headers.set('X-Trace', '7')],
  }
  const { api, sent } = await client([ok], { hooks })
  await api.get('me')
  expect(sent[0]?.headers.get('x-trace')).toBe('7')
})

test('a hook that moves the request to another origin does not move the credential', async () => {
  const hooks = { beforeRequest: [() => new Request('https://evil.example/')] }
  const { api, sent, authorizations } = await client([ok], { hooks })
  await api.get('me')
  expect([sent[0]?.url, authorizations]).toEqual(['https://evil.example/', [null]])
})

test('an absolute URL from elsewhere goes out without the credential', async () => {
  const { api, authorizations } = await client([ok], { prefix: undefined })
  await api.get('https://evil.example/')
  await api.get('//evil.example/')
  expect(authorizations).toEqual([null, null])
})

test('Authorization of one’s own wins', async () => {
  const { api, authorizations } = await client([ok])
  await api.get('me', { headers: { Authorization: 'Basic eDp5' } })
  expect(authorizations).toEqual(['Basic eDp5'])
})

test('extend keeps the fetch, and options are not written on', async () => {
  const options = Object.freeze({ headers: { 'X-App': 'demo' } })
  const { api, sent, authorizations } = await client([ok], options)
  await api.extend({ headers: { 'X-More': '1' } }).get('me')
  expect([sent[0]?.headers.get('x-app'), sent[0]?.headers.get('x-more')]).toEqual(['demo', '1'])
  expect(authorizations).toEqual(['Bearer at-0'])
})

test('an error of the library passes through ky as it is, and is not retried', async () => {
  const { latchkey } = await signedIn({ onForeignOrigin: 'reject' })
  await expect(createClient(latchkey).get('https://evil.example/')).rejects.toMatchObject({
    name: 'LatchkeyError',
    code: 'ERR_FOREIGN_ORIGIN',
  })
})
