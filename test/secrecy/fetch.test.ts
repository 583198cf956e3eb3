import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { header, memoryStrategy, query, type Strategy } from '../../src/index.js'
import { canary } from './canary.js'
import { leaksIn } from './detector.js'
import { fakeDocument, stubPage } from './page.js'
import { API, signedIn, strategyOf } from './strategies.js'
import { witness } from './witness.js'

beforeEach(() => stubPage())
afterEach(() => vi.unstubAllGlobals())

let closedPort = ''
beforeAll(async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  closedPort = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await new Promise((resolve) => server.close(resolve))
})

const placements: [string, () => Strategy][] = [
  ['bearer', () => memoryStrategy()],
  ['header', () => memoryStrategy({ placement: header('X-Auth-Token') })],
  ['query', () => memoryStrategy({ placement: query('token') })],
  ['cookie and CSRF header', () => strategyOf('cookie')],
]

/** As a browser: what follows redirects never gets to see one. */
const redirected = async ({ redirect }: Request) =>
  Object.defineProperty(new Response(), 'type', { value: redirect === 'manual' ? 'opaqueredirect' : 'cors' })

describe('a foreign origin', () => {
  it.each(['reject', 'send-bare'] as const)('is told of without its URL: %s', async (onForeignOrigin) => {
    const latchkey = await signedIn('memory', { onForeignOrigin })
    const url = `https://ads.example/${canary}?token=${canary}#${canary}`
    const evidence = await witness(latchkey, () => latchkey.fetch(url, { headers: { 'X-Token': canary } }))
    const isRejected = onForeignOrigin === 'reject'
    expect(evidence.error).toEqual(
      isRejected ? expect.objectContaining({ code: 'ERR_FOREIGN_ORIGIN' }) : undefined,
    )
    expect(leaksIn(evidence)).toEqual([])
  })
})

describe.each(placements)('a request with the credential as %s', (name, strategy) => {
  beforeEach(() => {
    const page = fakeDocument()
    page.cookie = `csrf=${canary}`
    stubPage({ document: page })
  })

  it('fails in a real network with nothing of the credential', async () => {
    const real = { fetch: (request: Request) => globalThis.fetch(request), allowedOrigins: [closedPort] }
    const latchkey = await signedIn('memory', { strategy: strategy(), ...real })
    const evidence = await witness(latchkey, () =>
      latchkey.fetch(`${closedPort}/me`, { method: 'POST', body: 'a' }),
    )
    expect(evidence.error).toBeInstanceOf(TypeError)
    expect(leaksIn(evidence)).toEqual([])
  })

  it('is refused a redirect, or follows it, with nothing of the credential', async () => {
    const latchkey = await signedIn('memory', { strategy: strategy(), fetch: redirected })
    const evidence = await witness(latchkey, () => latchkey.fetch(`${API}/me`, { method: 'POST' }))
    expect(evidence.error !== undefined).toBe(name !== 'bearer')
    expect(leaksIn(evidence)).toEqual([])
  })

  it('is aborted with nothing of the credential', async () => {
    const aborter = new AbortController()
    const fetch = ({ signal }: Request) =>
      new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
        aborter.abort()
      })
    const latchkey = await signedIn('memory', { strategy: strategy(), fetch })
    const { signal } = aborter
    const evidence = await witness(latchkey, () => latchkey.fetch(`${API}/me`, { signal }))
    expect(evidence.error).toHaveProperty('name', 'AbortError')
    expect(leaksIn(evidence)).toEqual([])
  })
})
