import { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader } from 'jose'
import { describe, expect, inject, test } from 'vitest'
import { createLatchkey, type DpopPlacement, dpop, memoryStrategy } from '../../src/index.js'
import { makeKeys, proofKeyOf, proofOf, thumbprintOf } from '../../src/placements/proof.js'
import { EVIL } from '../attacks/fixtures/polluting.js'
import type {} from '../harness/global-setup.js'
import { codeOf } from '../shared/fixtures/events.js'
import { API, boundTo, dpopServer, fine, proved } from './dpop-fixtures.js'
import { ownName } from './fixtures.js'

const vectors = inject('vectors')?.dpop
const credential = { access_token: 'at-1', receivedAt: 0 }

async function attached(proof: DpopPlacement, input = `${API}/me`, init?: RequestInit) {
  const carrier = await proof.attach(new Request(input, init), credential)
  return proved(carrier?.headers.get('dpop') ?? null)
}

/** All of a proof that is the same each time. */
function said(jwt: string): string {
  const decoded = (part: string) => JSON.parse(atob(part.replaceAll('-', '+').replaceAll('_', '/')))
  const [header, { jti, iat, ...claims }] = jwt.split('.').slice(0, 2).map(decoded)
  return JSON.stringify([header, claims, typeof jti, typeof iat])
}

/** The key as IndexedDB has it. */
async function kept(name: string): Promise<CryptoKeyPair> {
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('latchkey.keys')
    request.onsuccess = () => resolve(request.result)
  })
  const found = database.transaction('keys').objectStore('keys').get(`dpop.${name}`)
  return new Promise((resolve) => {
    found.onsuccess = () => resolve(found.result)
  }).finally(() => database.close()) as Promise<CryptoKeyPair>
}

describe('a proof', () => {
  test('is signed by the key that it shows, and says which request it is for, when and with which token', async () => {
    const url = `${API}/a%20b/?page=1&page=2#end`
    const before = Math.floor(Date.now() / 1000)
    const { header, claims } = await attached(dpop({ name: ownName() }), url, { method: 'PUT' })
    const jwk = { crv: 'P-256', kty: 'EC', x: expect.any(String), y: expect.any(String) }
    expect(header).toEqual({ typ: 'dpop+jwt', alg: 'ES256', jwk })
    const { jti, iat = 0, ...rest } = claims
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode('at-1'))
    const ath = btoa(String.fromCharCode(...new Uint8Array(digest)))
    const athAsUrl = ath.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
    expect(rest).toEqual({ htm: 'PUT', htu: `${API}/a%20b/`, ath: athAsUrl })
    expect(jti).toMatch(/^[\da-f-]{36}$/)
    expect(iat - before).toBeGreaterThanOrEqual(0)
    expect(iat - before).toBeLessThan(30)
  })

  test('is another one each time, also for the very same request', async () => {
    const proof = dpop({ name: ownName() })
    const all = [await attached(proof), await attached(proof)]
    expect(new Set(all.map(({ claims }) => claims.jti)).size).toBe(2)
  })

  test('is nothing that a polluted Object.prototype can change', async () => {
    const proof = dpop({ name: ownName() })
    await proof.thumbprint()
    const names = [
      'nonce',
      'token',
      'method',
      'url',
      'iat',
      'aheadMs',
      'ath',
      'htm',
      'htu',
      'jti',
      'typ',
      'alg',
    ]
    const rest = ['jwk', 'd', 'k', 'crv', 'kty', 'x', 'y', 'key_ops', 'ext', 'toJSON', 'isResend', 'claims']
    const made = async () => {
      const carrier = await proof.attach(new Request(`${API}/me`), credential)
      return carrier?.headers.get('dpop') ?? ''
    }
    const expected = said(await made())
    const changed: string[] = []
    for (const name of [...names, ...rest]) {
      for (const value of Object.values(EVIL)) {
        Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true })
        const jwt = await made()
          .catch(String)
          .finally(() => delete Object(Object.prototype)[name])
        if (said(jwt) !== expected) changed.push(name)
      }
    }
    expect(changed).toEqual([])
  })

  test.skipIf(!vectors)(
    'has RFC 9449’s own hash of its token, and its key RFC 9449’s thumbprint',
    async () => {
      const { jkt, access_token = '', resource_proof = '', token_endpoint_proof = '' } = vectors ?? {}
      const { jwk = {} } = decodeProtectedHeader(token_endpoint_proof)
      const { crv, kty, x, y } = Object(jwk)
      expect(await thumbprintOf({ jwk: { crv, kty, x, y } })).toBe(jkt)
      const key = await proofKeyOf(await makeKeys())
      const asked = { method: 'GET', url: API, iat: 1, nonce: undefined, token: access_token }
      expect(decodeJwt(await proofOf(key, asked)).ath).toBe(decodeJwt(resource_proof).ath)
    },
  )
})

describe('the key', () => {
  test('can be used, and neither read from memory nor from IndexedDB', async () => {
    const name = ownName()
    await dpop({ name }).thumbprint()
    const { privateKey } = await kept(name)
    expect([privateKey.extractable, privateKey.usages]).toEqual([false, ['sign']])
    for (const format of ['jwk', 'pkcs8'] as const)
      await expect(crypto.subtle.exportKey(format, privateKey)).rejects.toThrow()
  })

  test('is found again, is another one by another name, and in memory is nobody else’s', async () => {
    const name = ownName()
    const [first, same, other] = [dpop({ name }), dpop({ name }), dpop({ name: ownName() })]
    expect(await same.thumbprint()).toBe(await first.thumbprint())
    expect(await other.thumbprint()).not.toBe(await first.thumbprint())
    const [one, two] = [dpop({ name, storage: 'memory' }), dpop({ name, storage: 'memory' })]
    expect(new Set([await one.thumbprint(), await two.thumbprint(), await first.thumbprint()]).size).toBe(3)
    expect(await one.thumbprint()).toBe(await one.thumbprint())
  })

  test('has the thumbprint that others make of what its proofs show', async () => {
    const proof = dpop({ name: ownName() })
    const { header } = await attached(proof)
    expect(await proof.thumbprint()).toBe(await calculateJwkThumbprint(Object(header).jwk))
  })

  test('that can’t be kept is an error without any secret: nothing is sent, and the next time it is tried again', async () => {
    let isBroken = true
    const open: IDBFactory['open'] = (...asked) => {
      if (isBroken) throw new DOMException('blocked', 'SecurityError')
      return indexedDB.open(...asked)
    }
    const factory = { open } as IDBFactory
    const server = dpopServer(fine())
    const { latchkey } = await boundTo(server, {}, { indexedDB: factory })
    const error = Object(await latchkey.fetch(API).catch((thrown: unknown) => thrown))
    expect([error.code, server.got.length]).toEqual(['ERR_STORAGE_FAILED', 0])
    expect([error.message, error.stack, String(error.cause), JSON.stringify(error)].join()).not.toMatch(
      /[ar]t-1/,
    )
    expect(await codeOf(latchkey.refresh())).toBe('ERR_REFRESH_FAILED')
    expect([latchkey.state.status, server.got.length]).toEqual(['degraded', 0])
    isBroken = false
    expect((await latchkey.fetch(API)).status).toBe(200)
  })
})

describe('a request', () => {
  test('carries token and proof', async () => {
    const server = dpopServer(fine())
    const { latchkey } = await boundTo(server)
    await latchkey.fetch(`${API}/me`, { method: 'POST', body: 'the body' })
    expect(server.got).toMatchObject([{ authorization: 'DPoP at-1', method: 'POST', body: 'the body' }])
  })

  test.for(['Authorization', 'DPoP'])('that has an %s of the caller’s gets nothing', async (name) => {
    const sent: Request[] = []
    const fetch = async (request: Request) => {
      sent.push(request)
      return new Response()
    }
    const { latchkey } = await boundTo({ fetch })
    await latchkey.fetch(API, { headers: { [name]: 'mine' } })
    expect([...(sent[0]?.headers ?? [])]).toEqual([[name.toLowerCase(), 'mine']])
  })

  test('to another origin, or without a credential, gets neither header', async () => {
    const sent: Request[] = []
    const fetch = async (request: Request) => {
      sent.push(request)
      return new Response()
    }
    const { latchkey } = await boundTo({ fetch })
    await latchkey.fetch('https://api.example.com.evil.example/')
    await latchkey.clear()
    await latchkey.fetch(API)
    expect(sent.map(({ headers }) => [...headers])).toEqual([[], []])
  })
})

describe('a token of another type', () => {
  const types: [unknown, string][] = [
    ['DPoP', 'fulfilled'],
    ['dpop', 'fulfilled'],
    [undefined, 'fulfilled'],
    ['Bearer', 'ERR_CREDENTIAL_MALFORMED'],
    ['', 'ERR_CREDENTIAL_MALFORMED'],
  ]
  test.for(types)('%s: %s', async ([token_type, outcome]) => {
    const placement = dpop({ name: ownName() })
    const latchkey = createLatchkey({ strategy: memoryStrategy({ placement }), allowedOrigins: [API] })
    const token = { access_token: 'at-1', token_type } as { access_token: string }
    expect(await codeOf(latchkey.set(token))).toBe(outcome)
  })
})

test('there is no key on plain http, and that is said at once', () => {
  const { subtle } = crypto
  Object.defineProperty(crypto, 'subtle', { value: undefined, configurable: true })
  try {
    expect(() => dpop()).toThrow(
      new TypeError('"dpop" must be used in a secure context: https, or http on this device'),
    )
  } finally {
    Object.defineProperty(crypto, 'subtle', { value: subtle, configurable: true })
  }
})
