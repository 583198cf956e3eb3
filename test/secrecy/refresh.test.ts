import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type LatchkeyOptions, oauthRefresh, type Refresh } from '../../src/index.js'
import { canary } from './canary.js'
import { leaksIn } from './detector.js'
import { fakeStorage, stubPage } from './page.js'
import { API, make, signedIn, strategyOf, tokenFor, withToken } from './strategies.js'
import { type Evidence, witness } from './witness.js'

beforeEach(() => stubPage())
afterEach(() => vi.unstubAllGlobals())

const refresh = oauthRefresh({ tokenEndpoint: `${API}/token`, clientId: 'app' })

/** What is seen when a credential is there, and can't be renewed. */
async function failure(name: string, options: Partial<LatchkeyOptions>): Promise<Evidence> {
  const latchkey = await signedIn(name, { refreshTimeoutSeconds: 0.1, ...options })
  return witness(latchkey, () => latchkey.refresh())
}

const answer = (body: string, init: ResponseInit) => async () => new Response(body, init)
const html = { 'content-type': 'text/html' }
const json = (value: unknown) => JSON.stringify(value)
const never = () => new Promise<never>(() => {})

const endpoints: [string, () => Promise<Response>][] = [
  ['500 with the token in it', answer(`cannot refresh ${canary}`, { status: 500 })],
  ['500 with it in the status line', answer('', { status: 500, statusText: canary })],
  [
    '400 with a description',
    answer(json({ error: 'invalid_request', error_description: canary }), { status: 400 }),
  ],
  ['400 with an error of its own', answer(json({ error: canary }), { status: 400 })],
  ['HTML', answer(`<p>${canary}</p>`, { status: 200, headers: html })],
  ['broken JSON', answer(`{"access_token":"${canary}`, { status: 200 })],
  ['words', answer(`${canary} ${canary}`, { status: 200 })],
  ['an array', answer(json([canary]), { status: 200 })],
  ['another shape', answer(json({ token: canary }), { status: 200 })],
  ['a token with a line break', answer(json({ access_token: `${canary}\n` }), { status: 200 })],
  ['429', answer(canary, { status: 429, headers: { 'retry-after': '30' } })],
  ['503 with nonsense', answer(canary, { status: 503, headers: { 'retry-after': canary } })],
  ['a network error', async () => Promise.reject(new TypeError('Failed to fetch'))],
  ['nothing, for too long', never],
]

describe.each(withToken)('a refresh by OAuth, with %s', (name) => {
  it.each(endpoints)('fails with nothing of the credential: %s', async (_, fetch) => {
    const evidence = await failure(name, { refresh, fetch })
    expect(json(evidence.told)).toContain('"code":"ERR_')
    expect(leaksIn(evidence)).toEqual([])
  })

  it('ends with nothing of the credential when the server says so', async () => {
    const gone = answer(json({ error: 'invalid_grant', error_description: canary }), { status: 400 })
    const evidence = await failure(name, { refresh, fetch: gone })
    expect(evidence.state).toHaveProperty('status', 'signed-out')
    expect(leaksIn(evidence)).toEqual([])
  })

  it('tells of another user with nothing of either credential', async () => {
    const evidence = await failure(name, {
      refresh: async () => tokenFor(name, 'bob'),
      subject: ({ access_token }) => (access_token === tokenFor(name, 'bob').access_token ? 'bob' : 'ada'),
    })
    expect(json(evidence.told)).toContain('user-changed')
    expect(leaksIn(evidence)).toEqual([])
  })
})

describe('a refresh', () => {
  it('that is not there is missed with nothing of the credential', async () => {
    const evidence = await failure('memory', {})
    expect(evidence.error).toHaveProperty('code', 'ERR_NOT_REFRESHABLE')
    expect(leaksIn(evidence)).toEqual([])
  })

  it('whose result can not be stored is told of with nothing of it', async () => {
    const localStorage = fakeStorage()
    stubPage({ localStorage })
    const latchkey = await signedIn('jwt', { refresh: async () => tokenFor('jwt', 'ada') })
    localStorage.setItem = () => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
    }
    const evidence = await witness(latchkey, () => latchkey.refresh())
    expect(json([evidence.error, evidence.told])).toContain('"code":"ERR_STORAGE_')
    expect(leaksIn(evidence)).toEqual([])
  })

  it('without a refresh token fails with nothing of the credential', async () => {
    const latchkey = make(strategyOf('memory'), { refresh })
    const act = async () => {
      await latchkey.set({ access_token: canary })
      await latchkey.refresh()
    }
    const evidence = await witness(latchkey, act)
    expect(evidence.error).toHaveProperty('code', 'ERR_NOT_REFRESHABLE')
    expect(leaksIn(evidence)).toEqual([])
  })

  it.each<[string, Refresh]>([
    ['one that never ends', never],
    ['a network error', async () => Promise.reject(new TypeError('Failed to fetch'))],
    ['what is no token response', async () => ({ access_token: `${canary}\0` })],
    ['no JSON, which the parser quotes', async () => JSON.parse(canary)],
    ['a body that is no JSON', async () => new Response(`${canary} ${canary}`).json()],
  ])("of the app's own fails with nothing of the credential: %s", async (_, own) => {
    const evidence = await failure('memory', { refresh: own })
    expect(evidence.error).toHaveProperty('code', expect.stringMatching(/^ERR_(REFRESH|CREDENTIAL)_/))
    expect(leaksIn(evidence)).toEqual([])
  })
})
