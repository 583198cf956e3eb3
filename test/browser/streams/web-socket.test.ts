import { expect, onTestFinished, test, vi } from 'vitest'
import type { Latchkey, WebSocketOptions } from '../../../src/index.js'
import type { Seen } from '../../bench-server/sockets.js'
import { type BenchOrigin, newBench } from '../../harness/bench.js'
import { codeOf } from '../../shared/fixtures/events.js'
import { never, sleep } from '../../shared/fixtures/faults.js'
import { sending, withBase } from '../fixtures.js'

/** Gets a ticket of the server's, which gives one to whoever comes with a credential. */
const ticketOf =
  (api: BenchOrigin): WebSocketOptions['ticket'] =>
  async ({ fetch, signal }) =>
    (await (await fetch(api.at('ticket'), { method: 'POST', signal })).json()).ticket

const seenBy = async (api: BenchOrigin): Promise<Seen[]> => (await fetch(api.at('sockets'))).json()

/** Everything the server says, and then the code of its end. */
function heard(socket: WebSocket) {
  onTestFinished(() => socket.close())
  const told: unknown[] = []
  socket.addEventListener('message', ({ data }) => told.push(data))
  socket.addEventListener('close', ({ code }) => told.push(code))
  return { told, until: (count: number) => vi.waitFor(() => expect(told.length).toBe(count), 5000) }
}

/** The line of its handshake, and the subprotocols in it. */
async function handshakes(api: BenchOrigin) {
  const all = (await api.log()).filter(({ headers }) => headers.upgrade === 'websocket')
  return all.map(({ url, headers }) => [url.split('?')[1], headers['sec-websocket-protocol']])
}

const one = async (api: BenchOrigin, how: string, options: Partial<WebSocketOptions>) => {
  const latchkey = await sending(api.origin)
  return latchkey.webSocket(api.at(`socket/${how}`), { ticket: ticketOf(api), ...options })
}

test('by default the ticket is the first message, whatever the app sends next', async () => {
  const { api } = newBench()
  const socket = await one(api, 'message', {})
  const { told, until } = heard(socket)
  expect(socket).toBeInstanceOf(WebSocket)
  expect(socket.readyState).toBe(WebSocket.OPEN)
  socket.send('hello')
  await until(2)
  expect(told).toEqual(['welcome', 'hello!'])
  const [seen] = await seenBy(api)
  expect(seen?.messages).toEqual([expect.stringMatching(/^ticket-/), 'hello'])
  expect(await handshakes(api)).toEqual([[undefined, undefined]])
})

test('as a subprotocol it comes after the app’s own', async () => {
  const { api } = newBench()
  const socket = await one(api, 'protocol', { as: 'protocol', protocols: ['chat.v2', 'chat.v1'] })
  const { told, until } = heard(socket)
  await until(1)
  expect([told, socket.protocol]).toEqual([['welcome'], 'chat.v2'])
  expect(await handshakes(api)).toEqual([[undefined, expect.stringMatching(/^chat.v2, ?chat.v1, ?ticket-/)]])
})

test('as a query parameter it is beside those of the URL, which stay as they were', async () => {
  const { api } = newBench()
  const socket = await one(api, 'query?room=a%20b&flag', { as: 'query' })
  const { told, until } = heard(socket)
  await until(1)
  expect(told).toEqual(['welcome'])
  expect(await handshakes(api)).toEqual([
    [expect.stringMatching(/^room=a%20b&flag&ticket=ticket-/), undefined],
  ])
  const named = await one(api, 'message', { as: 'query', parameter: 'one time' })
  named.close()
  expect((await handshakes(api))[1]?.[0]).toMatch(/^one%20time=ticket-/)
})

test('the credential goes to the ticket’s endpoint and into no handshake', async () => {
  const { api } = newBench()
  await one(api, 'query', { as: 'query' })
  const log = await api.log()
  const carriers = log.filter(({ headers }) => headers.authorization === 'Bearer token')
  expect(carriers.map(({ url }) => url.split('/')[2])).toEqual(['ticket'])
  expect(JSON.stringify(log).split('Bearer token')).toHaveLength(2)
})

test('each call asks for a ticket of its own, and the server takes none twice', async () => {
  const { api } = newBench()
  const latchkey = await sending(api.origin)
  const ticket = vi.fn(ticketOf(api))
  const open = (how: string, as: 'message' | 'query', given = ticket) =>
    latchkey.webSocket(api.at(`socket/${how}`), { ticket: given, as })
  await open('query', 'query')
  await open('query', 'query')
  expect(ticket).toHaveBeenCalledTimes(2)

  const used = await ticket.mock.results[0]?.value
  const again = vi.fn(async () => used)
  expect(await codeOf(open('query', 'query', again))).toBe('ERR_CONNECTION_FAILED')
  // Here it is the server's word: the socket was open, and what comes next is the app's.
  const { told, until } = heard(await open('message', 'message', again))
  await until(1)
  expect(told).toEqual([3000])
})

test.for(['ws:', 'wss:', 'http:', 'https:'])('%s goes nowhere but to the list', async (protocol) => {
  const { api, foreign } = newBench()
  const latchkey = await sending(api.origin)
  const ticket = vi.fn(ticketOf(api))
  const to = (url: string) => codeOf(latchkey.webSocket(url, { ticket }))
  const elsewhere = foreign.at('socket/message').replace('http:', protocol)
  const isAllowed = /^(ws|http):$/.test(protocol)
  expect(await to(elsewhere)).toBe('ERR_FOREIGN_ORIGIN')
  expect(await to(elsewhere.replace('//', `//${new URL(api.origin).host}@`))).toBe('ERR_FOREIGN_ORIGIN')
  expect([ticket.mock.calls, await foreign.log()]).toEqual([[], []])
  const here = await to(api.at('socket/message').replace('http:', protocol))
  expect(here).toBe(isAllowed ? 'fulfilled' : 'ERR_FOREIGN_ORIGIN')
})

test('a relative URL is resolved like any other, and checked where it leads', async () => {
  const { api, foreign } = newBench()
  const latchkey = await sending(api.origin)
  const relative = () => latchkey.webSocket('socket/message', { ticket: ticketOf(api) })
  const socket = await withBase(api.at(''), relative)
  expect(socket.url).toBe(api.at('socket/message').replace('http', 'ws'))
  expect(await withBase(foreign.at(''), () => codeOf(relative()))).toBe('ERR_FOREIGN_ORIGIN')
})

test('a ticket with a token in it is refused, whatever the form, and told to nobody', async () => {
  const { api } = newBench()
  const signed = await sending(api.origin)
  await signed.set({ access_token: 'access-secret', refresh_token: 'refresh-secret' })
  for (const secret of ['access-secret', 'refresh-secret', 'Bearer access-secret'])
    for (const as of ['message', 'protocol', 'query'] as const) {
      const ticket = async () => secret
      const error = await signed.webSocket(api.at('socket/message'), { ticket, as }).catch((thrown) => thrown)
      expect(error).toBeInstanceOf(TypeError)
      expect(`${error.message}${error.stack}`).toMatch(/"ticket" must be of no other use/)
      expect(`${error.message}${error.stack}`).not.toContain('secret')
    }
  expect(await handshakes(api)).toEqual([])
})

const wrong: Record<string, Partial<Record<keyof WebSocketOptions, unknown>>> = {
  '"ticket" must be a function': { ticket: 'text' },
  '"as" must be': { as: 'header' },
  '"parameter" must be': { parameter: '' },
  '"protocols" must be': { protocols: ['two words'] },
  '"signal" must be an option': { signal: null } as never,
  '"ticket" must resolve to text': { ticket: async () => ({ ticket: 'x' }) },
  '"ticket" must be a token (RFC 9110': { ticket: async () => 'a b', as: 'protocol' },
}

test.for(Object.entries(wrong))(
  'what is wrong is said, and nothing is opened: %s',
  async ([text, options]) => {
    const { api } = newBench()
    const error = await one(api, 'message', options as never).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(TypeError)
    expect(error.message).toContain(text)
    expect(await handshakes(api)).toEqual([])
  },
)

test('a URL that is none of a socket’s is refused before a ticket is asked for', async () => {
  const { api } = newBench()
  const latchkey = await sending(api.origin)
  const ticket = vi.fn(ticketOf(api))
  for (const url of ['http://', 'ftp://localhost/', 'data:,', 'blob:x', `${api.at('socket/message')}#a`]) {
    const error = await latchkey.webSocket(url, { ticket }).catch((thrown) => thrown)
    expect([url, `${error}`]).toEqual([url, expect.stringContaining('TypeError: "url" must')])
  }
  expect(ticket).not.toHaveBeenCalled()
})

test('what the ticket function throws is the app’s own', async () => {
  const { api } = newBench()
  const mine = new Error('mine')
  const ticket = () => Promise.reject(mine)
  await expect(one(api, 'message', { ticket })).rejects.toBe(mine)
})

test('the function is called for whoever comes, signed in or not', async () => {
  const { api } = newBench()
  const latchkey = await sending(api.origin)
  await latchkey.clear()
  const status = async ({ fetch }: { fetch: typeof globalThis.fetch }) =>
    `status-${(await fetch(api.at('ticket'))).status}`
  const socket = await latchkey.webSocket(api.at('socket/message'), { ticket: status })
  const { told, until } = heard(socket)
  await until(1)
  expect([told, (await seenBy(api))[0]?.messages]).toEqual([[3000], ['status-401']])
})

test('a server that refuses, one that never answers, and a ticket that never comes are an error in time', async () => {
  const { api } = newBench()
  const latchkey = await sending(api.origin, { refreshTimeoutSeconds: 1 })
  const open = (how: string, ticket = ticketOf(api)) =>
    latchkey.webSocket(api.at(`socket/${how}`), { ticket }).catch((error) => error)
  const [refused, silent, unasked] = await Promise.all([open('query'), open('hang'), open('message', never)])
  for (const error of [refused, silent, unasked]) expect(error.code).toBe('ERR_CONNECTION_FAILED')
  expect(refused.cause.message).toBe('The socket was closed with 1006')
  expect([silent.cause.name, unasked.cause.name]).toEqual(['TimeoutError', 'TimeoutError'])
})

const ends: Record<string, [string, (latchkey: Latchkey) => Promise<void>]> = {
  'clear()': ['ERR_SIGNED_OUT', (latchkey) => latchkey.clear()],
  'another user’s sign-in': ['ERR_SIGNED_OUT', (latchkey) => latchkey.set({ access_token: 'bobs' })],
  'the server': ['ERR_SIGNED_OUT', (latchkey) => latchkey.refresh()],
  'dispose()': ['ERR_DISPOSED', async (latchkey) => latchkey.dispose()],
}

test.for(Object.entries(ends))(
  '%s closes what is open, and what is being opened',
  async ([, [code, end]]) => {
    const { api } = newBench()
    const refresh = async () => null
    const latchkey = await sending(api.origin, { subject: ({ access_token }) => access_token, refresh })
    const open = (how: string, ticket = ticketOf(api)) =>
      latchkey.webSocket(api.at(`socket/${how}`), { ticket })
    const socket = await open('message')
    const { told, until } = heard(socket)
    await until(1)
    const waiting = [codeOf(open('hang')), codeOf(open('message', never))]
    await sleep(300)
    await end(latchkey)
    expect(await Promise.all(waiting)).toEqual([code, code])
    await until(2)
    expect(told).toEqual(['welcome', 3000])
    await vi.waitFor(async () => expect((await seenBy(api))[0]?.code).toBe(3000), 5000)
    expect(await seenBy(api)).toHaveLength(1)
  },
)

test('a ticket that came for the first user opens nothing for the second', async () => {
  const { api } = newBench()
  const latchkey = await sending(api.origin, { subject: ({ access_token }) => access_token })
  const ticket: WebSocketOptions['ticket'] = async (context) => {
    const got = await ticketOf(api)(context)
    await latchkey.set({ access_token: 'bobs' })
    return got
  }
  expect(await codeOf(latchkey.webSocket(api.at('socket/message'), { ticket }))).toBe('ERR_SIGNED_OUT')
  expect(await handshakes(api)).toEqual([])
})
