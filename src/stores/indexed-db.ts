import { del, get, promisifyRequest, set, type UseStore } from 'idb-keyval'
import type { Store, StrategyContext } from '../types.js'

const OBJECT_STORE = 'credentials'

/**
 * One database for all instances, one record a key. The connection is opened for each operation and closed
 * after it: none is ever found dead (WebKit closes them, bug 197050), blocks another tab's upgrade or keeps
 * the page out of bfcache. It is opened when a page starts, signs in or refreshes, never for a request.
 */
export function indexedDb(): Store {
  return {
    name: 'indexedDB',
    persistent: true,
    read: (context) => get<string>(context.key, connection(context)),
    write: (context, value) => set(context.key, value, connection(context)),
    erase: (context) => del(context.key, connection(context)),
  }
}

function connection({ indexedDB, signal }: StrategyContext): UseStore {
  return async (mode, use) => {
    const database = await open(indexedDB ?? globalThis.indexedDB)
    try {
      // Given up while it was opening: a write must not come true later.
      signal.throwIfAborted()
      const transaction = database.transaction(OBJECT_STORE, mode)
      signal.onabort = () => transaction.abort()
      return await use(transaction.objectStore(OBJECT_STORE))
    } finally {
      signal.onabort = null
      database.close()
    }
  }
}

async function open(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open('latchkey', 1)
  request.onupgradeneeded = () => request.result.createObjectStore(OBJECT_STORE)
  const database = await promisifyRequest(request)
  database.onversionchange = () => database.close()
  return database
}
