import { describe, expect, test } from 'vitest'
import { type DpopPlacement, dpop } from '../../src/index.js'
import { newBench } from '../harness/bench.js'
import { codeOf } from '../shared/fixtures/events.js'
import { API, boundTo, dpopServer, ENDPOINT, endpointWantsNonce, fine, wantsNonce } from './dpop-fixtures.js'
import { ownName } from './fixtures.js'

const form = () => new URLSearchParams({ grant_type: 'authorization_code', code: 'secret' })
const token = (n: number) => () =>
  Response.json({ access_token: `at-${n}`, refresh_token: `rt-${n}`, token_type: 'DPoP' })

const asked: Record<string, (proof: DpopPlacement) => Parameters<DpopPlacement['fetch']>> = {
  'an address and a form': () => [ENDPOINT, { method: 'POST', body: form() }],
  'a Request with a body': () => [new Request(ENDPOINT, { method: 'POST', body: form() })],
  'a Request that has to be used up': () => [
    new Request(ENDPOINT, { method: 'POST', body: form(), keepalive: true, cache: 'no-store' }),
  ],
}

describe('the fetch for a token endpoint', () => {
  test.for(Object.entries(asked))(
    'sends %s once more with the nonce, and the same body',
    async ([, made]) => {
      const server = dpopServer(endpointWantsNonce('one'), token(1))
      const proof = dpop({ name: ownName() })
      const [input, init] = made(proof)
      const answer = await proof.fetch(input, init, server.fetch)
      expect(await answer.json()).toMatchObject({ access_token: 'at-1' })
      expect(server.nonces()).toEqual([undefined, 'one'])
      for (const { body, authorization, claims, redirect } of server.got) {
        expect([body, authorization, redirect]).toEqual([form().toString(), null, 'error'])
        expect([claims.htm, claims.htu, claims.ath]).toEqual(['POST', ENDPOINT, undefined])
      }
    },
  )

  test('asks twice at most, and hands over what was answered then, unread', async () => {
    const server = dpopServer(endpointWantsNonce('one'), endpointWantsNonce('two'))
    const answer = await dpop({ name: ownName() }).fetch(ENDPOINT, {}, server.fetch)
    expect([answer.status, await answer.json(), server.got.length]).toEqual([
      400,
      { error: 'use_dpop_nonce' },
      2,
    ])
  })

  const headers = { 'DPoP-Nonce': 'one' }
  test.for([
    ['another error', () => Response.json({ error: 'invalid_grant' }, { status: 400, headers })],
    ['a page', () => new Response('<h1>use_dpop_nonce</h1>', { status: 400, headers })],
    ['an odd error', () => new Response('{"error":{"toString":1}}', { status: 400, headers })],
    ['an error with status 200', () => Response.json({ error: 'use_dpop_nonce' }, { headers })],
  ] as const)('leaves %s to the caller', async ([, answer]) => {
    const server = dpopServer(answer)
    const given = await dpop({ name: ownName() }).fetch(ENDPOINT, { method: 'POST' }, server.fetch)
    expect([server.got.length, given.bodyUsed]).toEqual([1, false])
  })

  test('has an authorization server’s nonces, which are none of an API at the same origin', async () => {
    const server = dpopServer(wantsNonce('api'), fine(), endpointWantsNonce('token'), token(2), fine())
    const { latchkey } = await boundTo(server)
    await latchkey.fetch(API)
    await latchkey.refresh()
    await latchkey.fetch(API)
    expect(server.nonces()).toEqual([undefined, 'api', undefined, 'token', 'api'])
  })

  test('follows no redirect: neither code nor proof arrives elsewhere', async () => {
    const { api, foreign } = newBench()
    const to = api.at(`redirect/307?to=${encodeURIComponent(foreign.at('echo'))}`)
    const proof = dpop({ name: ownName() })
    await expect(proof.fetch(to, { method: 'POST', body: form() })).rejects.toThrow(TypeError)
    const { type } = await proof.fetch(to, { method: 'POST', body: form(), redirect: 'manual' })
    expect([type, await foreign.log()]).toEqual(['opaqueredirect', []])
  })

  test('really sends what it says, and an answer without a body is read, too', async () => {
    const { api } = newBench()
    const proof = dpop({ name: ownName() })
    const { headers, bodyBytes } = await (
      await proof.fetch(api.at('echo'), { method: 'POST', body: form() })
    ).json()
    expect(headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/)
    expect([bodyBytes, headers.dpop.split('.').length]).toEqual([form().toString().length, 3])
    expect((await proof.fetch(api.at('echo'))).status).toBe(200)
  })
})

describe('a refresh', () => {
  test('that is told a nonce first spends its token once, and nothing is lost by it', async () => {
    const server = dpopServer(endpointWantsNonce('one'), token(2), token(3))
    const { latchkey } = await boundTo(server)
    await latchkey.refresh()
    await latchkey.refresh()
    const spent = server.got.map(({ body }) => new URLSearchParams(body).get('refresh_token'))
    expect([spent, server.nonces()]).toEqual([
      ['rt-1', 'rt-1', 'rt-2'],
      [undefined, 'one', 'one'],
    ])
  })

  test('whose second nonce is refused, too, has failed for now', async () => {
    const server = dpopServer(endpointWantsNonce('one'), endpointWantsNonce('two'))
    const { latchkey } = await boundTo(server)
    expect(await codeOf(latchkey.refresh())).toBe('ERR_REFRESH_FAILED')
    expect([latchkey.state.status, server.got.length]).toEqual(['degraded', 2])
  })

  test('that a network loses after the nonce is asked for once more', async () => {
    const lost = () => Promise.reject(new TypeError('Failed to fetch'))
    const server = dpopServer(endpointWantsNonce('one'), lost, token(2))
    const { latchkey } = await boundTo(server)
    await latchkey.refresh()
    expect([latchkey.state.status, server.nonces()]).toEqual(['signed-in', [undefined, 'one', 'one']])
  })

  test('that brings a bearer token is refused, and the credential stays', async () => {
    const bearer = () => Response.json({ access_token: 'at-2', token_type: 'Bearer' })
    const server = dpopServer(bearer, fine())
    const { latchkey } = await boundTo(server)
    const error = Object(await latchkey.refresh().catch((thrown: unknown) => thrown))
    expect([error.code, error.cause.code]).toEqual(['ERR_REFRESH_FAILED', 'ERR_CREDENTIAL_MALFORMED'])
    await latchkey.fetch(API)
    expect(server.got.at(-1)?.authorization).toBe('DPoP at-1')
  })
})
