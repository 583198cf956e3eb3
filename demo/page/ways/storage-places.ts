import { changedRecord, type Place, type Spot } from './place.js'

const DATABASE = 'latchkey.credentials'

export function webStoragePlace(name: 'localStorage' | 'sessionStorage', key: string): Place {
  return {
    look: async () => spot(`${name} › ${key}`, globalThis[name].getItem(key)),
    async tamper() {
      globalThis[name].setItem(key, changedRecord(globalThis[name].getItem(key) ?? ''))
    },
  }
}

export function indexedDbPlace(key: string): Place {
  return {
    look: async () => {
      const stored = await touch('readonly', (store) => store.get(key))
      return spot(`IndexedDB › ${DATABASE} › credentials › ${key}`, stored)
    },
    async tamper() {
      const stored = await touch('readonly', (store) => store.get(key))
      await touch('readwrite', (store) => store.put(changedRecord(String(stored)), key))
    },
  }
}

/** All credentials in the library's database, each with its key. */
export async function storedInDatabase(): Promise<(readonly [key: string, value: string])[]> {
  const keys = await touch('readonly', (store) => store.getAllKeys())
  const values = await touch('readonly', (store) => store.getAll())
  return Array.from(Object(keys), (key, index) => [String(key), String(Object(values)[index])] as const)
}

export function spot(where: string, what: unknown): Spot[] {
  return typeof what === 'string' ? [{ where, what }] : []
}

type Use = (store: IDBObjectStore) => IDBRequest

async function touch(mode: IDBTransactionMode, use: Use): Promise<unknown> {
  const database = await open()
  try {
    const transaction = database.transaction('credentials', mode)
    const request = use(transaction.objectStore('credentials'))
    // WebKit keeps what is open with a page that goes into bfcache, and the library would wait for it.
    transaction.commit()
    return await settled(request)
  } finally {
    database.close()
  }
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE)
  // Whoever opens it first makes it, so it is made as the library would.
  request.onupgradeneeded = () => request.result.createObjectStore('credentials')
  return settled(request)
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
