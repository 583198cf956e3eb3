import { expect, test } from 'vitest'
import { ME, signedIn } from '../../shared/fixtures/instance.js'

/** What the API got, of a request that it answers so at first. */
async function sendings(method: string, first: () => Response, headers: Record<string, string> = {}) {
  const sent: Request[] = []
  const fetch = async (request: Request) => (sent.push(request) === 1 ? first() : new Response('ok'))
  const { latchkey, refresh } = await signedIn({ fetch })
  const init = method === 'GET' ? { method, headers } : { method, headers, body: 'x' }
  const outcome = await latchkey.fetch(ME, init).then(({ status }) => status, String)
  return { sent, outcome, refreshes: refresh.calls }
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
const METHODS_THAT_CHANGE = METHODS.slice(1)

test.for(METHODS)('a %s is sent again after a 401', async (method) => {
  const { sent, outcome } = await sendings(method, () => new Response('', { status: 401 }))
  expect([outcome, sent.map((request) => request.method)]).toEqual([200, [method, method]])
})

for (const status of [400, 403, 408, 409, 419, 429, 500, 502, 503, 504]) {
  test.for(METHODS)(`a %s is sent once, whatever the answer: ${status}`, async (method) => {
    const { sent, outcome, refreshes } = await sendings(method, () => new Response('', { status }))
    expect([outcome, sent.length, refreshes]).toEqual([status, 1, 0])
  })
}

test.for(METHODS)('a %s is sent once when the network fails', async (method) => {
  const { sent, outcome, refreshes } = await sendings(method, () => {
    throw new TypeError('Failed to fetch')
  })
  expect([outcome, sent.length, refreshes]).toEqual(['TypeError: Failed to fetch', 1, 0])
})

test.for(METHODS_THAT_CHANGE)('the Idempotency-Key of a %s is the same on both sendings', async (method) => {
  const key = { 'Idempotency-Key': '"8e03978e"' }
  const { sent } = await sendings(method, () => new Response('', { status: 401 }), key)
  expect(sent.map(({ headers }) => headers.get('idempotency-key'))).toEqual(Array(2).fill('"8e03978e"'))
})
