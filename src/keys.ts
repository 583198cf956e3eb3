import { inTransaction } from './database.js'
import { must } from './options.js'
import type { StrategyContext } from './types.js'

/**
 * A key that script can use and never read, kept in IndexedDB as it is (Web Cryptography s. 5.2). The first call makes
 * it; of two tabs that do so at the same time both get the one that was there first.
 */
export async function keyNamed<K>(
  name: string,
  context: Omit<StrategyContext, 'key'>,
  make: () => Promise<K>,
): Promise<K> {
  const at = { ...context, key: name }
  const found = await inTransaction('keys', 'readonly', at, (keys) => answerOf<K | undefined>(keys.get(name)))
  if (found) return found
  const made = await make()
  return inTransaction('keys', 'readwrite', at, async (keys) => {
    const first = await answerOf<K | undefined>(keys.get(name))
    if (first) return first
    keys.put(made, name)
    await committed(keys.transaction)
    return made
  })
}

/** Throws where there is no `crypto.subtle`: on plain http, but for loopback. */
export function mustBeSecureContext(option: string): void {
  must(option, globalThis.crypto?.subtle, 'be used in a secure context: https, or http on this device')
}

function answerOf<R>(request: IDBRequest): Promise<R> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/** What is encrypted with a key must not be stored before the key is. */
function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error)
  })
}
