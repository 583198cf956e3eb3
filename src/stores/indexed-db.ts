import { del, get, set, type UseStore } from 'idb-keyval'
import { inTransaction } from '../database.js'
import type { Store, StrategyContext } from '../types.js'

/**
 * One record a key, shared by all tabs. The connection is opened when a page starts, signs in or refreshes,
 * and closed after each operation; it is never needed for a request.
 */
export function indexedDb(): Store {
  return {
    name: 'indexedDB',
    persistent: true,
    perTab: false,
    read: (context) => get<string>(context.key, credentials(context)),
    write: (context, value) => set(context.key, value, credentials(context)),
    // Where there is no such thing, there is nothing in it.
    erase: async (context) => {
      if (context.indexedDB ?? globalThis.indexedDB) await del(context.key, credentials(context))
    },
  }
}

function credentials(context: StrategyContext): UseStore {
  return (mode, use) => inTransaction('credentials', mode, context, async (records) => use(records))
}
