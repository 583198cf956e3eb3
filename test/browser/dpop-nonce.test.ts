import { describe, expect, test, vi } from 'vitest'
import { defineStrategy, dpop, jwtStrategy } from '../../src/index.js'
import { fakeStore } from '../shared/fixtures/faults.js'
import { jwtOf } from '../shared/fixtures/jwt.js'
import { API, boundTo, dpopServer, ENDPOINT, fine, refusal, wantsNonce } from './dpop-fixtures.js'

const other = 'https://other.example.com'

describe('a nonce', () => {
  test('of any answer is in the next proof for that origin, and for no other', async () => {
    const server = dpopServer(fine('one'), fine(), fine('two'), wantsNonce('three'), fine())
    const { latchkey } = await boundTo(server, { allowedOrigins: [API, other] })
    for (const url of [API, other, `${API}/a`, `${API}/b`]) await latchkey.fetch(url)
    expect(server.nonces()).toEqual([undefined, undefined, 'one', 'two', 'three'])
    await latchkey.fetch(other)
    expect(server.nonces().at(-1)).toBeUndefined()
  })

  test('that is refused is replaced once: a second refusal is the caller’s, and no refresh', async () => {
    const server = dpopServer(wantsNonce('one'), wantsNonce('two'))
    const { latchkey } = await boundTo(server)
    const answer = await latchkey.fetch(API, { method: 'POST', body: 'twice' })
    expect([answer.status, server.nonces()]).toEqual([401, [undefined, 'one']])
    expect(server.got.map(({ body, url }) => [body, url])).toEqual(Array(2).fill(['twice', `${API}/`]))
    expect(new Set(server.got.map(({ claims }) => claims.jti)).size).toBe(2)
  })

  test('that does not come with the refusal can’t be sent: one request, one 401', async () => {
    const server = dpopServer(refusal('use_dpop_nonce'))
    const { latchkey } = await boundTo(server)
    expect([(await latchkey.fetch(API)).status, server.got.length]).toEqual([401, 1])
  })

  test('that another request has learned meanwhile is worth a second sending', async () => {
    let taught: (() => void) | undefined
    const teaching = new Promise<void>((resolve) => {
      taught = resolve
    })
    const late = async () => {
      await teaching
      return refusal('use_dpop_nonce')({} as never)
    }
    const server = dpopServer(late, fine('one'), fine())
    const { latchkey } = await boundTo(server)
    const asked = latchkey.fetch(API)
    await vi.waitFor(() => expect(server.got).toHaveLength(1))
    await latchkey.fetch(API)
    taught?.()
    expect([(await asked).status, server.nonces()]).toEqual([200, [undefined, undefined, 'one']])
  })

  const hidden = (nonce: string) => () =>
    new Response('no', { status: 401, headers: { 'DPoP-Nonce': nonce } })

  test('is enough where the page may not see the reason', async () => {
    const server = dpopServer(hidden('one'), fine())
    const { latchkey } = await boundTo(server)
    expect([(await latchkey.fetch(API)).status, server.nonces()]).toEqual([200, [undefined, 'one']])
  })

  test('is no reason twice: what is refused without a reason after it is the token', async () => {
    const token = () => Response.json({ access_token: 'at-2', token_type: 'DPoP' })
    const server = dpopServer(hidden('one'), hidden('two'), token, fine())
    const { latchkey } = await boundTo(server)
    expect((await latchkey.fetch(API)).status).toBe(200)
    expect(server.got.map(({ authorization }) => authorization).at(-1)).toBe('DPoP at-2')
    expect(server.nonces()).toEqual([undefined, 'one', undefined, 'two'])
  })

  test('and then a token may be refused, one after the other: three sendings and a refresh', async () => {
    const token = () => Response.json({ access_token: 'at-2', token_type: 'DPoP' })
    const server = dpopServer(wantsNonce('one'), refusal('invalid_token'), token, fine())
    const { latchkey } = await boundTo(server)
    expect((await latchkey.fetch(`${API}/me`)).status).toBe(200)
    expect(server.got.map(({ url, authorization }) => [url, authorization])).toEqual([
      [`${API}/me`, 'DPoP at-1'],
      [`${API}/me`, 'DPoP at-1'],
      [ENDPOINT, null],
      [`${API}/me`, 'DPoP at-2'],
    ])
  })

  test.for(['two words', 'one, two', 'a"b', 'ü'])(
    'that is none by its grammar is not sent: %s',
    async (nonce) => {
      const server = dpopServer(fine('one'), fine(nonce), fine())
      const { latchkey } = await boundTo(server)
      for (const path of ['a', 'b', 'c']) await latchkey.fetch(`${API}/${path}`)
      expect(server.nonces()).toEqual([undefined, 'one', 'one'])
    },
  )

  test('comes too late for a stream, which can’t be sent twice', async () => {
    const server = { fetch: async () => wantsNonce('one')({} as never) }
    const fetch = vi.fn(server.fetch)
    const { latchkey } = await boundTo({ fetch })
    const body = new Blob(['streamed']).stream()
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit
    expect([(await latchkey.fetch(API, init)).status, fetch.mock.calls.length]).toEqual([401, 1])
  })
})

test('a refused nonce is no reason to ask the store whose session it is', async () => {
  const store = fakeStore()
  const placement = dpop({ storage: 'memory' })
  const strategy = defineStrategy({ name: 'fake', store, placement })
  const server = dpopServer(wantsNonce('one'), fine())
  const { latchkey } = await boundTo(server, { strategy })
  const operations: string[] = []
  store.before = (operation) => void operations.push(operation)
  expect([(await latchkey.fetch(API)).status, operations]).toEqual([200, []])
})

test('a refusal that comes after the sign-out is not answered: nothing is sent again', async () => {
  let signOut = async () => {}
  const last = async () => {
    await signOut()
    return wantsNonce('one')({} as never)
  }
  const server = dpopServer(last, fine())
  const { latchkey } = await boundTo(server)
  signOut = latchkey.clear
  await latchkey.fetch(API).catch(() => {})
  expect(server.got).toHaveLength(1)
})

describe('a big body', () => {
  const big = new Uint8Array(1.5 * 1_048_576)
  const clone = vi.spyOn(Request.prototype, 'clone')
  const uploads = async (...answers: Parameters<typeof dpopServer>) => {
    const server = dpopServer(...answers)
    const { latchkey } = await boundTo(server)
    if (answers.length > 2) await latchkey.fetch(API).catch(() => {})
    clone.mockClear()
    const { status } = await latchkey.fetch(API, { method: 'POST', body: big })
    return [status, clone.mock.calls.length > 0]
  }

  test('is kept for a server that has not answered yet, or wants nonces', async () => {
    expect(await uploads(wantsNonce('one'), fine())).toEqual([200, true])
    expect(await uploads(fine('one'), wantsNonce('two'), fine())).toEqual([200, true])
    const lost = () => Promise.reject(new TypeError('Failed to fetch'))
    expect(await uploads(lost, wantsNonce('one'), fine())).toEqual([200, true])
  })

  test('is not kept for one that has answered without a nonce', async () => {
    expect(await uploads(fine(), fine(), fine())).toEqual([200, false])
  })
})

describe('a clock that is wrong', () => {
  const day = 86_400_000
  const nowMs = 1_700_000_000_000
  const atServer = (ms: number) => ({ Date: new Date(ms).toUTCString() })
  const invalid = (headers = {}) => refusal('invalid_dpop_proof', headers)
  const iats = ({ got }: ReturnType<typeof dpopServer>) => got.map(({ claims }) => Number(claims.iat) * 1000)
  /** Whose token was issued by the server's clock, and received by this device's. */
  const asking = async (server: ReturnType<typeof dpopServer>, aheadMs = 0) => {
    const placement = dpop({ storage: 'memory', now: () => nowMs })
    const strategy = jwtStrategy({ storage: fakeStore(), placement })
    const { latchkey } = await boundTo(
      server,
      { strategy, now: () => nowMs },
      {},
      jwtOf({ iat: (nowMs + aheadMs) / 1000 }),
    )
    return latchkey
  }

  test('is put right by the Date of a refusal, for that origin, and stays right', async () => {
    const server = dpopServer(invalid(atServer(nowMs + day)), fine())
    const latchkey = await asking(server)
    expect((await latchkey.fetch(API)).status).toBe(200)
    await latchkey.fetch(API)
    expect(iats(server)).toEqual([nowMs, nowMs + day, nowMs + day])
  })

  test('is nothing that another answer tells: its Date may be a cache’s', async () => {
    const old = () => new Response('from the cache', { headers: atServer(nowMs - day) })
    const server = dpopServer(old, fine())
    const latchkey = await asking(server)
    for (const _ of [1, 2]) await latchkey.fetch(API)
    expect(iats(server)).toEqual([nowMs, nowMs])
  })

  test('by some seconds is none: the refusal has another reason, and is the caller’s', async () => {
    const server = dpopServer(invalid(atServer(nowMs + 4000)))
    const latchkey = await asking(server)
    expect([(await latchkey.fetch(API)).status, iats(server)]).toEqual([401, [nowMs]])
  })

  test('is put right by the token where no Date is shown', async () => {
    const server = dpopServer(invalid(), fine())
    const latchkey = await asking(server, -day)
    for (const _ of [1, 2]) expect((await latchkey.fetch(API)).status).toBe(200)
    expect(iats(server)).toEqual([nowMs, nowMs - day, nowMs - day])
  })

  test('is believed again where the server does not take what the token tells', async () => {
    const server = dpopServer(invalid(), invalid(), fine())
    const latchkey = await asking(server, -day)
    expect([(await latchkey.fetch(API)).status, (await latchkey.fetch(API)).status]).toEqual([401, 200])
    expect(iats(server)).toEqual([nowMs, nowMs - day, nowMs])
  })

  test('is left alone where nothing tells what time it is', async () => {
    const server = dpopServer(invalid())
    const latchkey = await asking(server)
    expect([(await latchkey.fetch(API)).status, iats(server)]).toEqual([401, [nowMs]])
  })
})
