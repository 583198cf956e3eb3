import { createHash, randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Answer, ask, form, json } from './client.js'
import { type Demo, startDemo } from './demo-process.js'

type Key = Awaited<ReturnType<typeof newKey>>

let demo: Demo
let key: Key
let token: string
let refreshToken: string
beforeAll(async () => {
  demo = await startDemo()
  key = await newKey()
  const { body } = await signIn(await proof({ htm: 'POST', htu: at('dpop/login') }))
  token = String(body.access_token)
  refreshToken = String(body.refresh_token)
})
afterAll(() => demo?.stop())

async function newKey() {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  return { privateKey, publicKey: await exportJWK(publicKey), secret: await exportJWK(privateKey) }
}

const at = (path: string) => `${demo.url}/api/${path}`
const now = () => Math.floor(Date.now() / 1000)

interface Shown {
  readonly jwk?: JWK
  readonly typ?: string
  readonly by?: Key
}

function proof(claims: object, { by = key, jwk = by.publicKey, typ = 'dpop+jwt' }: Shown = {}) {
  return new SignJWT({ jti: randomUUID(), iat: now(), ...claims })
    .setProtectedHeader({ alg: 'ES256', typ, jwk })
    .sign(by.privateKey)
}

const ath = () => createHash('sha256').update(token).digest('base64url')
const echoProof = (claims: object = {}, shown?: Shown) =>
  proof({ htm: 'GET', htu: at('dpop/echo'), ath: ath(), ...claims }, shown)
const echo = (DPoP: string, query = '') =>
  ask(at(`dpop/echo${query}`), { headers: { Authorization: `DPoP ${token}`, DPoP } })
const signIn = (DPoP?: string) => ask(at('dpop/login'), json({ name: 'Ada' }, DPoP ? { DPoP } : {}))
const refresh = (DPoP?: string): Promise<Answer> => {
  const grant = { grant_type: 'refresh_token', client_id: 'latchkey-demo', refresh_token: refreshToken }
  return ask(at('token'), { ...form(grant), headers: DPoP ? { DPoP } : {} })
}

test('a token is taken with a proof that was made for the request, whatever its query', async () => {
  expect(await echo(await echoProof())).toMatchObject({ status: 200, body: { name: 'Ada' } })
  expect((await echo(await echoProof(), '?page=2')).status).toBe(200)
})

test('without a token it is said that one is wanted, and how proofs are to be signed', async () => {
  const { status, headers } = await ask(at('dpop/echo'))
  expect(status).toBe(401)
  expect(headers.get('WWW-Authenticate')).toBe('DPoP realm="latchkey demo", algs="ES256"')
})

const once = randomUUID()
test.each<[why: string, make: () => Promise<string>]>([
  ['nothing at all', async () => ''],
  ['another method', () => echoProof({ htm: 'POST' })],
  ['another address', () => echoProof({ htu: at('dpop/me') })],
  ['another token', () => echoProof({ ath: 'other' })],
  ['no token', () => echoProof({ ath: undefined })],
  ['a time two minutes ago', () => echoProof({ iat: now() - 120 })],
  ['a time two minutes from now', () => echoProof({ iat: now() + 120 })],
  ['no name of its own', () => echoProof({ jti: undefined })],
  ['another type of JWT', () => echoProof({}, { typ: 'JWT' })],
  ['a key that did not sign it', async () => echoProof({}, { jwk: (await newKey()).publicKey })],
  ['the private key, too', () => echoProof({}, { jwk: key.secret })],
])('a proof for or with %s is refused', async (_, make) => {
  const { status, body, headers } = await echo(await make())
  expect({ status, error: body.error }).toEqual({ status: 401, error: 'invalid_dpop_proof' })
  expect(headers.get('WWW-Authenticate')).toContain('DPoP realm="latchkey demo", error="invalid_dpop_proof"')
})

test('a proof can be sent once', async () => {
  const proof = await echoProof({ jti: once })
  expect((await echo(proof)).status).toBe(200)
  expect(await echo(proof)).toMatchObject({ status: 401, body: { message: 'The proof was used before' } })
})

test('whoever took the token can do nothing with it by another key, nor as a bearer', async () => {
  const thief = await newKey()
  const stolen = await echo(await echoProof({}, { by: thief }))
  expect(stolen).toMatchObject({ status: 401, body: { error: 'invalid_token' } })
  for (const kind of ['dpop', 'jwt', 'bare-jwt'])
    expect((await ask(at(`${kind}/echo`), { headers: { Authorization: `Bearer ${token}` } })).status).toBe(
      401,
    )
})

test('a sign-in without a proof is refused', async () => {
  expect(await signIn()).toMatchObject({ status: 400, body: { error: 'invalid_dpop_proof' } })
})

test('the refresh token is bound to the same key', async () => {
  const forToken = (shown?: Shown) => proof({ htm: 'POST', htu: at('token') }, shown)
  expect(await refresh()).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  const thief = await newKey()
  expect(await refresh(await forToken({ by: thief }))).toMatchObject({ body: { error: 'invalid_grant' } })
  const wrong = await refresh(await proof({ htm: 'POST', htu: at('other') }))
  expect(wrong).toMatchObject({ status: 400, body: { error: 'invalid_dpop_proof' } })
  expect(await refresh(await forToken())).toMatchObject({ status: 200, body: { token_type: 'DPoP' } })
})
