import { expect, test } from 'vitest'
import { cookieStrategy, createLatchkey, csrfCookie, memoryStrategy, type Strategy } from '../../src/index.js'
import { newBench } from '../harness/bench.js'
import { dropCookie, writeCookie } from './fixtures.js'

/** Signed in, and a refresh away from the next token. */
async function refreshing(strategy: Strategy, origin: string) {
  const refresh = async () => ({ access_token: 'token-2' })
  const latchkey = createLatchkey({ strategy, allowedOrigins: [origin], refresh })
  await latchkey.set({ access_token: 'token-1' })
  return latchkey
}

test('a stream cannot be sent twice: its 401 comes back as it is, and is no TypeError', async () => {
  let sent = 0
  let refreshed = 0
  // A real server would have to speak HTTP/2 for a stream to get there.
  const latchkey = createLatchkey({
    strategy: memoryStrategy(),
    allowedOrigins: ['https://api.example.com'],
    refresh: async () => ({ access_token: `token-${++refreshed}` }),
    fetch: async () => {
      sent += 1
      return new Response('no', { status: 401 })
    },
  })
  await latchkey.set({ access_token: 'token' })
  const init = { method: 'POST', body: new Blob(['streamed']).stream(), duplex: 'half' }
  const answer = await latchkey.fetch('https://api.example.com', init)
  expect([answer.status, await answer.text(), sent]).toEqual([401, 'no', 1])
})

test('a resend takes the CSRF token of its own time', async () => {
  writeCookie('XSRF-TOKEN=one; path=/')
  const { api } = newBench()
  const csrf = csrfCookie({ cookie: 'XSRF-TOKEN', header: 'X-XSRF-TOKEN' })
  const latchkey = createLatchkey({
    strategy: cookieStrategy({ name: 'replay-test', csrf }),
    allowedOrigins: [api.origin],
    refresh: async () => {
      writeCookie('XSRF-TOKEN=two; path=/')
      return { access_token: 'token-2' }
    },
  })
  await latchkey.set({ access_token: 'token-1' })
  await latchkey.fetch(api.at('answers/401,200'), { method: 'POST', body: new URLSearchParams({ a: '1' }) })
  const log = (await api.log()).filter(({ method }) => method === 'POST')
  expect(log.map(({ headers }) => headers['x-xsrf-token'])).toEqual(['one', 'two'])
  expect(log.map(({ headers }) => headers.cookie?.match(/replay-test=([\w-]+)/)?.[1])).toEqual([
    'token-1',
    'token-2',
  ])
  await latchkey.clear()
  dropCookie('XSRF-TOKEN')
})

test('a 401 that is resent holds no connection: its body is given up', async () => {
  const cancelled: string[] = []
  let answers = 0
  const latchkey = createLatchkey({
    strategy: memoryStrategy(),
    allowedOrigins: ['https://api.example.com'],
    refresh: async () => ({ access_token: 'token-2' }),
    fetch: async () => {
      answers += 1
      const body = new ReadableStream({ cancel: () => void cancelled.push('given up') })
      return answers === 1 ? new Response(body, { status: 401 }) : new Response('ok')
    },
  })
  await latchkey.set({ access_token: 'token-1' })
  expect(await (await latchkey.fetch('https://api.example.com')).text()).toBe('ok')
  expect(cancelled).toEqual(['given up'])
})

test('nothing is cloned for a body that can be made again', async () => {
  const { clone } = Request.prototype
  let clones = 0
  Request.prototype.clone = function counting(this: Request) {
    clones += 1
    return clone.call(this)
  }
  try {
    const { api } = newBench()
    const latchkey = await refreshing(memoryStrategy(), api.origin)
    await latchkey.fetch(api.at('echo'))
    for (const body of ['text', new Blob(['x'.repeat(100_000)])]) {
      await latchkey.fetch(api.at('answers/401,200'), { method: 'POST', body })
    }
    expect(clones).toBe(0)
  } finally {
    Request.prototype.clone = clone
  }
})
