import { describe, expect, test } from 'vitest'
import { createLatchkey, type DpopPlacement, dpop, jwtStrategy, oauthRefresh } from '../../src/index.js'
import { keyNamed } from '../../src/keys.js'
import { codeOf } from '../shared/fixtures/events.js'
import { jwtOf } from '../shared/fixtures/jwt.js'
import { API, dpopServer, ENDPOINT, fine, type Got, proved } from './dpop-fixtures.js'
import { loseKey } from './encrypted/fixtures.js'
import { ownName } from './fixtures.js'

const credential = { access_token: 'at-1', receivedAt: 0 }

/** The key that a request's proof shows, by its thumbprint's parts. */
async function shown(proof: DpopPlacement): Promise<unknown> {
  const carrier = await proof.attach(new Request(API), credential)
  const { header } = await proved(carrier?.headers.get('dpop') ?? null)
  return Object(header).jwk.x
}

/** The key that the token endpoint is shown, to bind a token to. */
async function bound(proof: DpopPlacement): Promise<unknown> {
  const server = dpopServer(fine())
  await proof.fetch(ENDPOINT, { method: 'POST' }, server.fetch)
  return Object(server.got[0]?.header).jwk.x
}

/** A server that binds a token to the key of the request for it, and takes it with that key alone. */
function bindingServer() {
  let by: unknown
  const keyOf = ({ header }: Got) => Object(header).jwk.x
  const answer = (got: Got) => {
    if (got.url !== ENDPOINT) return new Response('', { status: keyOf(got) === by ? 200 : 401 })
    const isRefresh = got.body.includes('refresh_token')
    if (isRefresh && keyOf(got) !== by) return Response.json({ error: 'invalid_grant' }, { status: 400 })
    by = keyOf(got)
    const token = { access_token: jwtOf({ sub: 'ann', at: crypto.randomUUID() }), refresh_token: 'rt' }
    return Response.json({ ...token, token_type: 'DPoP', expires_in: 3600 })
  }
  return dpopServer(answer)
}

/** A page of one app: the next one finds what this one has stored. */
function pagesOf({ fetch }: ReturnType<typeof bindingServer>) {
  const name = ownName()
  return () => {
    const proof = dpop({ name })
    const latchkey = createLatchkey({
      name,
      strategy: jwtStrategy({ storage: 'local', placement: proof }),
      allowedOrigins: [API],
      refresh: oauthRefresh({ tokenEndpoint: ENDPOINT, clientId: 'app', dpop: proof }),
      fetch,
    })
    const signIn = async () => {
      const grant = { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code' }) }
      await latchkey.set(await (await proof.fetch(ENDPOINT, grant, fetch)).json())
    }
    const asked = async () => [(await latchkey.fetch(API)).status, latchkey.state.status]
    return { latchkey, signIn, asked }
  }
}

describe('a key that the database has lost under the page', () => {
  test('is put back when a token is bound to it, and so is that of a sign-in after a reload', async () => {
    const open = pagesOf(bindingServer())
    const page = open()
    await page.signIn()
    await page.latchkey.clear()
    await loseKey()
    await page.signIn()
    expect(await page.asked()).toEqual([200, 'signed-in'])
    page.latchkey.dispose()
    const reloaded = open()
    expect(await reloaded.asked()).toEqual([200, 'signed-in'])
    await reloaded.latchkey.refresh()
    expect(await reloaded.asked()).toEqual([200, 'signed-in'])
    await reloaded.latchkey.clear()
    reloaded.latchkey.dispose()
  })

  test('is another one, where another page has made it since: a refresh goes by that, and nobody is signed out', async () => {
    const open = pagesOf(bindingServer())
    const [first, second] = [open(), open()]
    await first.signIn()
    expect(await first.asked()).toEqual([200, 'signed-in'])
    await loseKey()
    await second.signIn()
    await first.latchkey.refresh()
    for (const page of [first, second]) expect(await page.asked()).toEqual([200, 'signed-in'])
    await first.latchkey.clear()
    for (const page of [first, second]) page.latchkey.dispose()
  })

  test('is in the next proof for an API all the same, without a look, until the next look finds another', async () => {
    const name = ownName()
    const [proof, other] = [dpop({ name }), dpop({ name })]
    const before = await bound(proof)
    await loseKey()
    const after = await bound(other)
    expect(after).not.toBe(before)
    expect(await shown(proof)).toBe(before)
    await proof.thumbprint()
    expect(await shown(proof)).toBe(after)
  })

  test('is put back by whoever asks for its thumbprint', async () => {
    const name = ownName()
    const proof = dpop({ name })
    const print = await proof.thumbprint()
    await loseKey()
    expect([await proof.thumbprint(), await dpop({ name }).thumbprint()]).toEqual([print, print])
  })
})

test('a look that fails refuses the refresh alone: requests go on with the key in hand', async () => {
  let isBroken = false
  const open: IDBFactory['open'] = (...asked) => {
    if (isBroken) throw new DOMException('blocked', 'SecurityError')
    return indexedDB.open(...asked)
  }
  const proof = dpop({ name: ownName(), indexedDB: { open } as IDBFactory })
  const before = await bound(proof)
  isBroken = true
  expect([await codeOf(bound(proof)), await codeOf(proof.thumbprint())]).toEqual([
    'ERR_STORAGE_FAILED',
    'ERR_STORAGE_FAILED',
  ])
  expect(await shown(proof)).toBe(before)
  isBroken = false
  expect(await bound(proof)).toBe(before)
})

test('many that ask at once for a key in memory get one', async () => {
  const proof = dpop({ storage: 'memory' })
  const prints = await Promise.all([proof.thumbprint(), shown(proof), proof.thumbprint(), bound(proof)])
  expect(prints[0]).toBe(prints[2])
  expect(prints[1]).toBe(prints[3])
})

const isAny = (found: unknown): found is unknown => found !== undefined
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' }
const pairs: Record<string, () => Promise<unknown>> = {
  'an empty object': async () => ({}),
  'a single key': async () => (await crypto.subtle.generateKey(ECDSA, false, ['sign'])).privateKey,
  'a pair that script can read': () => crypto.subtle.generateKey(ECDSA, true, ['sign']),
  'a pair of another curve': () =>
    crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-384' }, false, ['sign']),
  'a pair for another use': () =>
    crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits']),
  'a private key without its public one': async () => ({
    privateKey: (await crypto.subtle.generateKey(ECDSA, false, ['sign'])).privateKey,
  }),
}

test.for(Object.entries(pairs))('%s under the key’s name is replaced', async ([, left]) => {
  const name = ownName()
  await keyNamed(`dpop.${name}`, { signal: AbortSignal.timeout(5000) }, left, isAny)
  const print = await dpop({ name }).thumbprint()
  expect(await dpop({ name }).thumbprint()).toBe(print)
  const nobody = () => Promise.reject(new Error('there is one'))
  const kept = await keyNamed(`dpop.${name}`, { signal: AbortSignal.timeout(5000) }, nobody, isAny)
  const { extractable, algorithm } = Object(kept).privateKey
  expect([extractable, algorithm]).toEqual([false, ECDSA])
})

test.for(['openSeconds', 'key', 'instance'])(
  'an Object.prototype that has %s before the key is made changes nothing',
  async (polluted) => {
    const name = ownName()
    Object.defineProperty(Object.prototype, polluted, { value: 'x', configurable: true, writable: true })
    const made = await bound(dpop({ name }))
      .catch(String)
      .finally(() => delete Object(Object.prototype)[polluted])
    expect(made).toBe(await bound(dpop({ name })))
  },
)

test.for([
  ['method', 'PUT'],
  ['body', 'not the caller’s'],
  ['redirect', 'manual'],
  ['headers', { 'x-evil': '1' }],
] as const)('an inherited %s is no wish of whoever asks the token endpoint', async ([polluted, value]) => {
  const proof = dpop({ name: ownName() })
  await proof.thumbprint()
  const sent: Request[] = []
  const send = async (request: Request) => {
    sent.push(request)
    return new Response()
  }
  Object.defineProperty(Object.prototype, polluted, { value, configurable: true, writable: true })
  const init: RequestInit = polluted === 'body' ? { method: 'POST' } : { cache: 'no-store' }
  await proof.fetch(ENDPOINT, init, send).finally(() => delete Object(Object.prototype)[polluted])
  const [{ method, redirect, headers } = new Request(API)] = sent
  expect([method, redirect, headers.get('x-evil'), await sent[0]?.text()]).toEqual([
    init.method ?? 'GET',
    'error',
    null,
    '',
  ])
})
