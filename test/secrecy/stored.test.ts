import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { bearer, defineStrategy } from '../../src/index.js'
import { canary, jwtOf } from './canary.js'
import { leaksIn } from './detector.js'
import { failingIndexedDB, fakeIndexedDB, hangingIndexedDB } from './indexed-db.js'
import { fakeDocument, fakeStorage, stubPage } from './page.js'
import { make, setAnything, strategyOf, tokenFor } from './strategies.js'
import { witness } from './witness.js'

beforeEach(() => stubPage())
afterEach(() => vi.unstubAllGlobals())

const record = (access_token: unknown) => JSON.stringify({ v: 1, access_token, receivedAt: Date.now() })

/** What an older version, another script or a crash may have left under the key. */
const junk: [string, string][] = [
  ['the bare token', canary],
  ['broken JSON', `{"v":1,"access_token":"${canary}`],
  ['two values', `"${canary}" "${canary}"`],
  ['a text', JSON.stringify(canary)],
  ['an array', JSON.stringify([canary])],
  ['another version', JSON.stringify({ v: 99, access_token: canary })],
  ['an object in place of the token', record({ [canary]: canary })],
  ['a line break in the token', record(`${canary}\n`)],
  ['a JWT that does not decode', record(jwtOf(`{"sub":"${canary}`))],
]

const blocked = (): never => {
  throw new DOMException('The operation is insecure.', 'SecurityError')
}

async function start(name: string, indexedDB = fakeIndexedDB(), storageTimeoutSeconds = 2) {
  const latchkey = make(strategyOf(name), { indexedDB, storageTimeoutSeconds })
  return witness(latchkey, () => latchkey.ready())
}

/** One key is in use, whatever it is called. */
const holding = (value: string) => Object.assign(new Map<string, string>(), { get: () => value })

describe('junk that was stored', () => {
  it.each(junk)('is a signed-out start that does not show it: localStorage, %s', async (_, value) => {
    stubPage({ localStorage: fakeStorage({ getItem: () => value }) })
    const evidence = await start('jwt')
    expect(evidence.state).toHaveProperty('status', 'signed-out')
    expect(JSON.stringify(evidence.told)).toContain('ERR_STORED_')
    expect(leaksIn(evidence)).toEqual([])
  })

  it.each(junk.slice(0, -1))(
    'is a signed-out start that does not show it: IndexedDB, %s',
    async (_, value) => {
      const evidence = await start('token', fakeIndexedDB(holding(value)))
      expect(evidence.state).toHaveProperty('status', 'signed-out')
      expect(JSON.stringify(evidence.told)).toContain('ERR_STORED_')
      expect(leaksIn(evidence)).toEqual([])
    },
  )

  it.each(junk)("is not shown where the rest of a cookie's credential should be: %s", async (_, value) => {
    const document = fakeDocument()
    document.cookie = `token=${canary}`
    stubPage({ document, localStorage: fakeStorage({ getItem: () => value }) })
    expect(leaksIn(await start('cookie'))).toEqual([])
  })

  it.each([`${canary}%E0%A4%A`, `"${canary}`, `${canary}%0D%0A`, '%'])(
    'is not shown where the cookie should be: %s',
    async (value) => {
      stubPage({ document: { cookie: `token=${value}; ${canary}=${canary}` } })
      expect(leaksIn(await start('cookie'))).toEqual([])
    },
  )
})

describe("an app's own store", () => {
  it('is told of with nothing of what it could not parse', async () => {
    const read = async () => JSON.parse(`${canary} ${canary}`)
    const store = { name: 'own', persistent: false, read, write: async () => {}, erase: async () => {} }
    const latchkey = make(defineStrategy({ name: 'own', store, placement: bearer() }))
    const evidence = await witness(latchkey, () => latchkey.ready())
    expect(evidence.state).toHaveProperty('status', 'signed-out')
    expect(leaksIn(evidence)).toEqual([])
  })
})

describe('a store that can not be read', () => {
  it.each([
    ['jwt, blocked', 'jwt', undefined],
    ['session, blocked', 'session', undefined],
    ['token, failing', 'token', failingIndexedDB()],
    ['token, never answering', 'token', hangingIndexedDB()],
  ])('is told of with nothing of what it holds: %s', async (_, name, indexedDB) => {
    stubPage({ localStorage: fakeStorage({ getItem: blocked }) })
    const evidence = await start(name, indexedDB, 0.02)
    expect(evidence.state).toHaveProperty('status', 'signed-out')
    expect(JSON.stringify(evidence.told)).toContain('ERR_STORAGE_')
    expect(leaksIn(evidence)).toEqual([])
  })

  it('is told of when it can not be cleared, either', async () => {
    stubPage({ localStorage: fakeStorage({ removeItem: blocked }) })
    const latchkey = make(strategyOf('jwt'))
    await setAnything(latchkey, tokenFor('jwt'))
    const evidence = await witness(latchkey, () => latchkey.clear())
    expect(evidence.error).toHaveProperty('code', expect.stringMatching(/^ERR_STORAGE_/))
    expect(leaksIn(evidence)).toEqual([])
  })
})
