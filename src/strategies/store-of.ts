import { must } from '../options.js'
import { indexedDb } from '../stores/indexed-db.js'
import { memory } from '../stores/memory.js'
import { webStorage } from '../stores/web-storage.js'
import type { Store } from '../types.js'

/** A store of a chain, or one to encrypt: by its name, or one of your own. */
export type ChainedStore = 'indexedDB' | 'local' | 'session' | 'memory' | Store

export function storeOf(option: string, store: ChainedStore): Store {
  if (store === 'indexedDB') return indexedDb()
  if (store === 'local' || store === 'session') return webStorage(store)
  if (store === 'memory') return memory()
  const isStore = typeof Object(store).read === 'function'
  must(option, isStore, "be a store, or 'indexedDB', 'local', 'session' or 'memory'")
  return store
}

/** Which one it is of all that were kept; what can't be read comes last, and nothing at all after it. */
export function numberIn(value: string | undefined): number {
  if (value === undefined) return -2
  try {
    return Number(JSON.parse(value).generation) || 0
  } catch {
    return -1
  }
}
