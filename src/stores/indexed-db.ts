import { promisifyRequest } from 'idb-keyval'
import { answerOf, commit, inTransaction } from '../database.js'
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
    read: (context) =>
      inTransaction('credentials', 'readonly', context, (records) =>
        promisifyRequest<string | undefined>(records.get(context.key)),
      ),
    write: (context, value) => changed(context, (records) => records.put(value, context.key)),
    // Where there is no such thing, there is nothing in it.
    erase: async (context) => {
      if (context.indexedDB ?? globalThis.indexedDB)
        await changed(context, (records) => records.delete(context.key))
    },
  }
}

function changed(context: StrategyContext, change: (records: IDBObjectStore) => unknown): Promise<void> {
  return inTransaction('credentials', 'readwrite', context, async (records) => {
    // While it waits for its turn it can be given up; from then on it is done.
    await answerOf(records.getKey(context.key))
    change(records)
    commit(records.transaction)
    await promisifyRequest(records.transaction)
  })
}
