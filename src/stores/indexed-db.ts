import { del, get, set, type UseStore } from 'idb-keyval'
import { openDatabase } from '../database.js'
import type { Store, StrategyContext } from '../types.js'

const CREDENTIALS = 'credentials'

/**
 * One record a key, shared by all tabs. The connection is opened when a page starts, signs in or refreshes,
 * and closed after each operation; it is never needed for a request.
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
    const database = await openDatabase(CREDENTIALS, indexedDB)
    try {
      // Given up while it was opening: a write must not come true later.
      signal.throwIfAborted()
      const transaction = database.transaction(CREDENTIALS, mode)
      signal.onabort = () => transaction.abort()
      return await use(transaction.objectStore(CREDENTIALS))
    } finally {
      signal.onabort = null
      database.close()
    }
  }
}
