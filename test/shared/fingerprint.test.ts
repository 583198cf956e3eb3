import { expect, onTestFinished, test, vi } from 'vitest'
import { createLatchkey, type Latchkey, memoryStrategy, sessionStrategy } from '../../src/index.js'
import { codeOf } from './fixtures/events.js'

const allowedOrigins = ['https://api.example.com']

function make(): Latchkey {
  const latchkey = createLatchkey({ strategy: memoryStrategy(), allowedOrigins })
  onTestFinished(() => latchkey.dispose())
  return latchkey
}

test('the fingerprint is the beginning of the token’s SHA-256: the same for the same token, and another for another', async () => {
  const latchkey = make()
  // printf abc | sha256sum: the example of FIPS 180-2, appendix B.1.
  await latchkey.set({ access_token: 'abc' })
  expect(await latchkey.fingerprint()).toBe('ba7816bf')
  // printf 'token-2' | sha256sum begins with a zero.
  await latchkey.set({ access_token: 'token-2' })
  expect(await latchkey.fingerprint()).toMatch(/^0[\da-f]{7}$/)
})

test('there is none where nobody is signed in', async () => {
  const latchkey = make()
  expect(await latchkey.fingerprint()).toBeUndefined()
  await latchkey.set({ access_token: 'abc' })
  await latchkey.clear()
  expect(await latchkey.fingerprint()).toBeUndefined()
})

test('there is none of a session cookie, which no script can read', async () => {
  const latchkey = createLatchkey({ strategy: sessionStrategy(), allowedOrigins })
  await latchkey.set({})
  expect([latchkey.state.status, await latchkey.fingerprint()]).toEqual(['signed-in', undefined])
  await latchkey.clear()
  latchkey.dispose()
})

test('there is one also when the token is about to end', async () => {
  let now = Date.now()
  const latchkey = createLatchkey({ strategy: memoryStrategy(), allowedOrigins, now: () => now })
  onTestFinished(() => latchkey.dispose())
  await latchkey.set({ access_token: 'abc', expires_in: 600 })
  now += 599_000
  expect(await latchkey.fingerprint()).toBe('ba7816bf')
})

test('there is none on plain http, where browsers digest nothing', async () => {
  const latchkey = make()
  await latchkey.set({ access_token: 'abc' })
  vi.stubGlobal('crypto', { getRandomValues: () => {} })
  onTestFinished(() => void vi.unstubAllGlobals())
  expect(await latchkey.fingerprint()).toBeUndefined()
})

/** A fingerprint that is asked for, and soon after it something else happens. */
async function askedBefore(latchkey: Latchkey, turns: number, happens: () => unknown) {
  const asked = latchkey.fingerprint()
  asked.catch(() => {})
  for (let turn = 0; turn < turns; turn += 1) await undefined
  await happens()
  return asked
}

test.for([0, 1, 2, 3])(
  'what becomes of the token meanwhile is what is answered, %i turns later',
  async (turns) => {
    const latchkey = make()
    await latchkey.set({ access_token: 'token' })
    expect(await askedBefore(latchkey, turns, () => latchkey.clear())).toBeUndefined()
    await latchkey.set({ access_token: 'token' })
    const renew = () => latchkey.set({ access_token: 'abc' })
    // A sign-in takes its time: what was asked before it may have been answered by then.
    expect(['3c469e9d', 'ba7816bf']).toContain(await askedBefore(latchkey, turns, renew))
    expect(await codeOf(askedBefore(latchkey, turns, latchkey.dispose))).toBe('ERR_DISPOSED')
  },
)

test('disposed of, it is ERR_DISPOSED like every call', async () => {
  const latchkey = make()
  await latchkey.set({ access_token: 'abc' })
  latchkey.dispose()
  expect(await codeOf(latchkey.fingerprint())).toBe('ERR_DISPOSED')
})
