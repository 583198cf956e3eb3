import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLatchkey, memoryStrategy } from '../../src/index.js'
import { newBench } from '../harness/bench.js'

const MB = 1_048_576
const big = new Uint8Array(1.5 * MB).map((_, i) => i % 251)
const API = 'https://api.example.com'
const clone = vi.spyOn(Request.prototype, 'clone')
const tee = vi.spyOn(ReadableStream.prototype, 'tee')

beforeEach(() => {
  clone.mockClear()
  tee.mockClear()
})
afterEach(() => {
  expect(tee).not.toHaveBeenCalled()
})

function form(): FormData {
  const data = new FormData()
  data.append('file', new File([big], 'big.bin'))
  return data
}

const posting = (origin: string, body: BodyInit) => new Request(origin, { method: 'POST', body })

const bodies: Record<string, (at: string) => [string | Request, RequestInit?]> = {
  FormData: (at) => [at, { method: 'POST', body: form() }],
  'an ArrayBuffer': (at) => [at, { method: 'POST', body: big.slice().buffer }],
  'a typed array': (at) => [at, { method: 'POST', body: big }],
  'a Request with a Blob': (at) => [posting(at, new Blob([big], { type: 'image/png' }))],
  'a Request with an ArrayBuffer': (at) => [posting(at, big.slice().buffer)],
}

/** A credential of that life at an API which refuses it, and what was answered to what. */
async function refused(expires_in: number | undefined, [input, init]: [string | Request, RequestInit?]) {
  const answers: Response[] = []
  const latchkey = createLatchkey({
    strategy: memoryStrategy(),
    allowedOrigins: [new URL(input instanceof Request ? input.url : input).origin],
    refresh: async () => ({ access_token: 'token-2', expires_in }),
    fetch: async (request) => {
      if (!request.url.startsWith(API)) return fetch(request)
      answers.push(new Response('no', { status: answers.length ? 200 : 401 }))
      return answers.at(-1) ?? Response.error()
    },
  })
  await latchkey.set({ access_token: 'token-1', expires_in })
  return { answer: await latchkey.fetch(input, init), answers }
}

test.for(Object.entries(bodies))(
  'while the credential is fresh, %s above 1 MB is not copied: the 401 comes back as it is',
  async ([, made]) => {
    const { answer, answers } = await refused(3600, made(API))
    expect([answer.status, await answer.text(), answers.length]).toEqual([401, 'no', 1])
    expect(answer).toBe(answers[0])
    expect(clone).not.toHaveBeenCalled()
  },
)

test('a Blob of 300 MB is not copied, and is sent again all the same', async () => {
  const part = new Blob([big.subarray(0, MB)])
  const body = new Blob(Array(300).fill(part))
  const { answers } = await refused(3600, [API, { method: 'POST', body }])
  expect([body.size, answers.length]).toEqual([300 * MB, 2])
  expect(clone).not.toHaveBeenCalled()
})

test.for([
  ['text', { body: 'x'.repeat(1000) }],
  ['a small buffer', { body: big.slice(0, 1000) }],
  ['URLSearchParams', { body: new URLSearchParams({ a: '1' }) }],
  ['a POST without a body', {}],
] as [string, RequestInit][])('%s is sent again with a fresh credential, too', async ([, init]) => {
  const post = { method: 'POST', ...init }
  expect((await refused(3600, [API, post])).answers).toHaveLength(2)
  if (!init.body) expect((await refused(3600, [new Request(API, post)])).answers).toHaveLength(2)
})

test.for(Object.entries(bodies))(
  'while nobody knows how long it lives, %s above 1 MB is sent twice, byte for byte',
  async ([, made]) => {
    const { api } = newBench()
    const { answer } = await refused(undefined, made(api.at('answers/401,200')))
    const sent = (await api.log()).filter(({ method }) => method === 'POST')
    const [first, second] = sent.map(({ bodySha256, headers }) => [bodySha256, headers['content-type']])
    expect([answer.status, sent.length, first]).toEqual([200, 2, second])
  },
)
