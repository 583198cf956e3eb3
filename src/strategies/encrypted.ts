import { LatchkeyError } from '../errors.js'
import { isKey, keyNamed, mustBeSecureContext } from '../keys.js'
import { optional, own } from '../options.js'
import type { Store, StrategyContext } from '../types.js'
import { type ChainedStore, numberIn, storeOf } from './store-of.js'

/**
 * A store that keeps ciphertext alone, for a strategy's `storage` or as one of {@link storeChain}: AES-GCM with a key of
 * 256 bits that no script can read, which this origin has in IndexedDB. What is found in clear is read, and written
 * encrypted at the next start. Where the key is gone, so is what it has locked: a signed-out start.
 *
 * **It keeps nothing from script on the page**, which can have it decrypted or call `fetch`, nor from whoever copies the
 * browser's whole profile, with the key in it. It is for text that is copied, synced or searched without the key.
 *
 * @throws TypeError if it is no store, or on plain http of another device, where there is no Web Cryptography
 * @see https://www.w3.org/TR/WebCryptoAPI/#aes-gcm
 * @example
 * jwtStrategy({ storage: encrypted('local') })
 */
export function encrypted(store: ChainedStore): Store {
  mustBeSecureContext('encrypted')
  const inner = storeOf('store', store)
  const write: Store['write'] = async (context, value) => {
    let isMade = false
    const make = () => {
      isMade = true
      return crypto.subtle.generateKey(AES, false, ['encrypt', 'decrypt'])
    }
    const key = await keyNamed(KEY, context, make, isAesKey)
    const envelope = await sealed(value, key, context)
    // One that was not kept would open nothing the next time: the old value must still be there then.
    if (isMade && (await opened(envelope, context)) !== value) throw new Error()
    context.signal.throwIfAborted()
    await inner.write(context, JSON.stringify(envelope))
  }
  return {
    name: inner.name,
    persistent: inner.persistent,
    perTab: optional(inner, 'perTab'),
    async read(context) {
      const stored = await inner.read(context)
      if (stored === undefined) return undefined
      const envelope = envelopeIn(stored)
      if (envelope) return opened(envelope, context)
      context.onOutdated?.()
      if (context.canRewrite) await write(context, stored)
      return stored
    },
    write,
    erase: (context) => inner.erase(context),
  }
}

/** What is stored: the two in Base64 (RFC 4648 s. 4), and for a chain around it which value is the newest. */
interface Envelope {
  v: unknown
  generation: unknown
  iv: string
  data: string
}

const VERSION = 1
/** One for all records of the origin: each has a page that can use all of them, and none is left behind by a name. */
const KEY = 'encrypted'
const AES = { name: 'AES-GCM', length: 256 }

/** The envelope that a text is, or `undefined` where it is an object in clear. */
function envelopeIn(stored: string): Envelope | undefined {
  try {
    const found = stored.startsWith('{') && own(JSON.parse(stored) as Envelope)
    if (found) return 'iv' in found || 'data' in found ? found : undefined
  } catch {}
  throw malformed()
}

function isAesKey(found: unknown): found is CryptoKey {
  return isKey(found, 'secret', AES, ['encrypt', 'decrypt'])
}

async function sealed(value: string, key: CryptoKey, context: StrategyContext): Promise<Envelope> {
  const generation = numberIn(value)
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const sealing = algorithm(iv, generation, context)
  const data = await crypto.subtle.encrypt(sealing, key, new TextEncoder().encode(value))
  return { v: VERSION, generation, iv: base64(iv), data: base64(new Uint8Array(data)) }
}

async function opened({ v, generation, iv, data }: Envelope, context: StrategyContext): Promise<string> {
  if (v !== VERSION) throw malformed()
  // One that is made now opens nothing.
  const key = await keyNamed(KEY, context, () => Promise.reject(malformed()), isAesKey)
  try {
    const sealing = algorithm(bytesIn(iv), generation, context)
    return new TextDecoder().decode(await crypto.subtle.decrypt(sealing, key, bytesIn(data)))
  } catch {
    throw malformed()
  }
}

/** What is said beside the ciphertext is proved with it: copied to another key it opens no more. */
function algorithm(iv: Uint8Array<ArrayBuffer>, generation: unknown, { key }: StrategyContext): AesGcmParams {
  const additionalData = new TextEncoder().encode(JSON.stringify([VERSION, key, generation]))
  return own({ name: 'AES-GCM', iv, additionalData })
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

function bytesIn(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}

function malformed(): LatchkeyError {
  return new LatchkeyError('ERR_STORED_MALFORMED')
}
