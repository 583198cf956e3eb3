import { expect, test } from 'vitest'
import { keyNamed } from '../../src/keys.js'

const within = () => ({ signal: AbortSignal.timeout(5000) })
const aes = () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
const iv = new Uint8Array(12)

async function opens(key: CryptoKey, sealed: ArrayBuffer): Promise<string> {
  return new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, sealed))
}

test('a key is made once, and opens the next time what it has sealed', async () => {
  const name = crypto.randomUUID()
  const made = await keyNamed(name, within(), aes)
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, made, new TextEncoder().encode('x'))
  const found = await keyNamed<CryptoKey>(name, within(), () => Promise.reject(new Error('there is one')))
  expect(found.extractable).toBe(false)
  expect(await opens(found, sealed)).toBe('x')
})

test('of many that make it at the same time all get the same', async () => {
  const name = crypto.randomUUID()
  const keys = await Promise.all(Array.from({ length: 8 }, () => keyNamed(name, within(), aes)))
  const [first] = keys as [CryptoKey]
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, first, new TextEncoder().encode('x'))
  for (const key of keys) expect(await opens(key, sealed)).toBe('x')
})

test('a key that can’t be stored is an error, and not one that is gone the next time', async () => {
  const asked = keyNamed(crypto.randomUUID(), within(), async () => () => 'no structured clone')
  await expect(asked).rejects.toThrow()
})
