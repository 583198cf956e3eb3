import { answerOf, commit, inTransaction } from './database.js'
import { must, own } from './options.js'
import type { StrategyContext } from './types.js'

/**
 * A key that script can use and never read, kept in IndexedDB as it is (Web Cryptography s. 5.2). The first call makes
 * it; of two tabs that do so at the same time both get the one that was there first. What is not usable is replaced.
 */
export async function keyNamed<K>(
  name: string,
  context: Omit<StrategyContext, 'key'>,
  make: () => Promise<K>,
  isUsable: (found: unknown) => found is K,
): Promise<K> {
  const at = own({ ...context, key: name })
  const found = await inTransaction('keys', 'readonly', at, (keys) => answerOf<unknown>(keys.get(name)))
  if (isUsable(found)) return found
  const made = await make()
  return inTransaction('keys', 'readwrite', at, async (keys) => {
    const first = await answerOf<unknown>(keys.get(name))
    if (isUsable(first)) return first
    keys.put(made, name)
    commit(keys.transaction)
    await committed(keys.transaction)
    return made
  })
}

/** Whether it is a key of this type and algorithm, for this use, of which script can read a public one alone. */
export function isKey(
  found: unknown,
  type: KeyType,
  algorithm: object,
  usages: KeyUsage[],
): found is CryptoKey {
  // By its tag, which no stored object keeps: a database of another realm gives keys of that realm.
  if (Object(found)[Symbol.toStringTag] !== 'CryptoKey') return false
  const key = found as CryptoKey
  const isSame = Object.entries(algorithm).every(([part, value]) => Object(key.algorithm)[part] === value)
  const isSafe = key.type === type && key.extractable === (type === 'public')
  return isSame && isSafe && usages.every((usage) => key.usages.includes(usage))
}

/** Throws where there is no `crypto.subtle`: on plain http, but for loopback. */
export function mustBeSecureContext(option: string): void {
  must(option, globalThis.crypto?.subtle, 'be used in a secure context: https, or http on this device')
}

/** What is encrypted with a key must not be stored before the key is. */
function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    // There is no error where script has aborted it.
    transaction.onabort = () => reject(transaction.error ?? new DOMException('', 'AbortError'))
  })
}
