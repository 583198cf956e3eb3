import { expect, test } from 'vitest'
import { isKey, keyNamed } from '../../src/keys.js'

const within = () => ({ signal: AbortSignal.timeout(5000) })
const aes = () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
const isAes = (found: unknown): found is CryptoKey =>
  isKey(found, 'secret', { name: 'AES-GCM', length: 256 }, ['encrypt', 'decrypt'])
const iv = new Uint8Array(12)

async function opens(key: CryptoKey, sealed: ArrayBuffer): Promise<string> {
  return new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, sealed))
}

test('a key is made once, and opens the next time what it has sealed', async () => {
  const name = crypto.randomUUID()
  const made = await keyNamed(name, within(), aes, isAes)
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, made, new TextEncoder().encode('x'))
  const none = () => Promise.reject(new Error('there is one'))
  const found = await keyNamed(name, within(), none, isAes)
  expect(found.extractable).toBe(false)
  expect(await opens(found, sealed)).toBe('x')
})

test('of many that make it at the same time all get the same', async () => {
  const name = crypto.randomUUID()
  const keys = await Promise.all(Array.from({ length: 8 }, () => keyNamed(name, within(), aes, isAes)))
  const [first] = keys as [CryptoKey]
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, first, new TextEncoder().encode('x'))
  for (const key of keys) expect(await opens(key, sealed)).toBe('x')
})

test('a key that can’t be stored is an error, and not one that is gone the next time', async () => {
  const isAny = (found: unknown): found is () => string => found !== undefined
  const asked = keyNamed(crypto.randomUUID(), within(), async () => () => 'no structured clone', isAny)
  await expect(asked).rejects.toThrow()
})

/** What another version, or script, may have left under the name. */
const odd: Record<string, () => unknown> = {
  nothing: () => ({}),
  text: () => 'a key',
  'what only looks like one': () => ({
    type: 'secret',
    extractable: false,
    algorithm: { name: 'AES-GCM', length: 256 },
    usages: ['encrypt', 'decrypt'],
  }),
  'one that script can read': () =>
    crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt']),
  'one for another use': () =>
    crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt']),
  'a shorter one': () =>
    crypto.subtle.generateKey({ name: 'AES-GCM', length: 128 }, false, ['encrypt', 'decrypt']),
  'one of another algorithm': () =>
    crypto.subtle.generateKey({ name: 'AES-CBC', length: 256 }, false, ['encrypt', 'decrypt']),
  'one of a pair': async () =>
    (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])).privateKey,
}

test.for(Object.entries(odd))('%s is no key: it is replaced, once and for all', async ([, left]) => {
  const name = crypto.randomUUID()
  const isAny = (found: unknown): found is unknown => found !== undefined
  await keyNamed(name, within(), async () => left(), isAny)
  const made = await keyNamed(name, within(), aes, isAes)
  expect([made.extractable, made.algorithm]).toEqual([false, { name: 'AES-GCM', length: 256 }])
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, made, new TextEncoder().encode('x'))
  const found = await keyNamed(name, within(), () => Promise.reject(new Error('there is one')), isAes)
  expect(await opens(found, sealed)).toBe('x')
})
