import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LatchkeyError } from '../../src/index.js'
import { canary, jwtOf } from './canary.js'
import { leaksIn } from './detector.js'
import { failingIndexedDB, fakeIndexedDB, hangingIndexedDB } from './indexed-db.js'
import { fakeDocument, fakeStorage, stubPage } from './page.js'
import { make, setAnything, strategyOf, tokenFor, withToken } from './strategies.js'
import { witness } from './witness.js'

beforeEach(() => stubPage())
afterEach(() => vi.unstubAllGlobals())

/** Neither the code in full nor the kind of the error: that is for other tests to say. */
async function expectRefusal(latchkey: ReturnType<typeof make>, token: unknown, code: RegExp) {
  const evidence = await witness(latchkey, () => setAnything(latchkey, token))
  expect(evidence.error).toBeInstanceOf(LatchkeyError)
  expect(evidence.error).toHaveProperty('code', expect.stringMatching(code))
  expect(leaksIn(evidence)).toEqual([])
}

const malformed: [string, unknown][] = [
  ['a line break', { access_token: `${canary}\r\nX-Other: 1` }],
  ['a NUL', { access_token: `${canary}\0` }],
  ['a character that is not Latin-1', { access_token: `${canary}Ж` }],
  ['an object in place of the text', { access_token: { [canary]: canary } }],
  ['the bare token', canary],
  ['no access token', { token: canary, refresh_token: canary }],
]

describe.each(withToken)('a token for %s', (name) => {
  it.each(malformed)('is refused without being shown: %s', async (_, token) => {
    await expectRefusal(make(strategyOf(name)), token, /^ERR_(CREDENTIAL_MALFORMED|COOKIE_REFUSED)$/)
  })

  it('is not shown, taken or not, with fields of the wrong type', async () => {
    const wrong = { refresh_token: [canary], expires_in: canary, token_type: { canary }, scope: [canary] }
    const latchkey = make(strategyOf(name))
    expect(
      leaksIn(await witness(latchkey, () => setAnything(latchkey, { ...tokenFor(name), ...wrong }))),
    ).toEqual([])
  })

  it('is not shown by the instance that holds it', async () => {
    const latchkey = make(strategyOf(name))
    const evidence = await witness(latchkey, () => setAnything(latchkey, tokenFor(name)))
    expect(evidence.error).toBeUndefined()
    expect(latchkey.state.status).toBe('signed-in')
    expect(leaksIn(evidence)).toEqual([])
  })
})

describe('a JWT that does not decode', () => {
  it.each([
    ['no dots', canary],
    ['a payload that is no Base64', `a.${canary}!.${canary}`],
    ['broken JSON', jwtOf(`{"sub":"${canary}`)],
    ['a text', jwtOf(`"${canary}"`)],
    ['an array', jwtOf(`["${canary}"]`)],
    ['words', jwtOf(`${canary} ${canary}`)],
  ])('is refused without being shown: %s', async (_, access_token) => {
    const latchkey = make(strategyOf('jwt'))
    await expectRefusal(latchkey, { access_token }, /^ERR_CREDENTIAL_MALFORMED$/)
  })
})

describe('a session that someone wants to set', () => {
  it('is refused without being shown', async () => {
    await expectRefusal(make(strategyOf('session')), { access_token: canary }, /^ERR_CREDENTIAL_MALFORMED$/)
  })
})

describe('a cookie that the browser refuses', () => {
  it.each([
    ['too big', { access_token: canary.repeat(300) }, true],
    ['not kept', { access_token: canary }, false],
  ])('is not shown: %s', async (_, token, keeps) => {
    stubPage({ document: fakeDocument(keeps) })
    await expectRefusal(make(strategyOf('cookie')), token, /^ERR_COOKIE_REFUSED$/)
  })
})

describe('a store that refuses', () => {
  const full = () => {
    throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
  }
  const blocked = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError')
  }

  it.each([
    ['full', { setItem: full }],
    ['blocked', { setItem: blocked, getItem: blocked, removeItem: blocked }],
    ['writing nothing', { setItem: () => {} }],
  ])('does not show what it refused: localStorage, %s', async (_, broken) => {
    stubPage({ localStorage: fakeStorage(broken) })
    await expectRefusal(make(strategyOf('jwt')), tokenFor('jwt'), /^ERR_STORAGE_/)
  })

  it.each([
    ['full', () => fakeIndexedDB(new Map(), true)],
    ['failing', failingIndexedDB],
    ['never answering', hangingIndexedDB],
  ])('does not show what it refused: IndexedDB, %s', async (_, indexedDB) => {
    const latchkey = make(strategyOf('token'), { indexedDB: indexedDB(), storageTimeoutSeconds: 0.02 })
    const act = async () => {
      await Promise.allSettled([latchkey.ready()])
      await setAnything(latchkey, tokenFor('token'))
    }
    const evidence = await witness(latchkey, act)
    expect(evidence.error).toHaveProperty('code', expect.stringMatching(/^ERR_STORAGE_/))
    expect(leaksIn(evidence)).toEqual([])
  })
})
