import { type Over, otherPage, swap, thrower } from './swap.js'

const real = globalThis.indexedDB

const DATABASES = ['latchkey.credentials', 'latchkey.generations']

const instead = (factory: Partial<IDBFactory> | undefined) =>
  swap(globalThis, 'indexedDB', { get: () => factory })

/** The real IndexedDB, where something happens to a database as soon as it is open. */
const whenOpen = (happens: (database: IDBDatabase) => void) => (): Over => {
  const open = (...given: Parameters<IDBFactory['open']>) => {
    const request = real.open(...given)
    request.addEventListener('success', () => happens(request.result))
    return request
  }
  return instead({ open, deleteDatabase: (name) => real.deleteDatabase(name) })
}

/** The same as soon as there is a transaction. */
const inTransaction = (happens: (transaction: IDBTransaction) => void) =>
  whenOpen((database) => {
    database.transaction = (...given) => {
      const transaction = IDBDatabase.prototype.transaction.apply(database, given)
      happens(transaction)
      return transaction
    }
  })

const onPut = (put: (store: IDBObjectStore, value: unknown, key?: IDBValidKey) => IDBRequest) =>
  inTransaction((transaction) => {
    const [name = ''] = transaction.objectStoreNames
    const store = transaction.objectStore(name)
    store.put = (value, key) => put(store, value, key)
  })

const once = <T>(happens: (on: T) => void) => {
  let times = 0
  return (on: T) => {
    times += 1
    if (times === 1) happens(on)
  }
}

export const missing = (): Over => instead(undefined)
export const untouchable = (): Over => swap(globalThis, 'indexedDB', { get: thrower('SecurityError') })
export const unopenable = (): Over => instead({ open: thrower('UnknownError') })
export const readOnly = onPut(thrower('DataCloneError'))
export const full = onPut((store, value, key) => {
  const { transaction } = store
  const request = IDBObjectStore.prototype.put.call(store, value, key)
  Object.defineProperty(transaction, 'error', { value: new DOMException('a fault', 'QuotaExceededError') })
  transaction.abort()
  return request
})
export const closed = whenOpen((database) => database.close())
export const closedOnce = () => whenOpen(once((database) => database.close()))()
export const closing = inTransaction(({ db }) => db.close())
export const versionChanged = inTransaction(({ db }) => db.dispatchEvent(new Event('versionchange')))
/** Another page's deletion, which waits until this one has closed its connection. */
export const deletedMeanwhile = inTransaction(({ db }) => void real.deleteDatabase(db.name))
export const aborted = inTransaction((transaction) => transaction.abort())
export const abortedOnce = () => inTransaction(once((transaction) => transaction.abort()))()
export const silent = (): Over => instead({ open: () => new EventTarget() as IDBOpenDBRequest })

/** Answers, but late: as behind another page's long upgrade. */
export const late = (ms: number): Over => {
  const open = (...given: Parameters<IDBFactory['open']>) => {
    const request = real.open(...given)
    return new Proxy(request, {
      get: (target, key) => Reflect.get(target, key),
      set(target, key, listener: (event: Event) => void) {
        const later = (event: Event) => void setTimeout(() => listener.call(target, event), ms)
        return Reflect.set(target, key, key === 'onsuccess' ? later : listener)
      },
    })
  }
  return instead({ open })
}

const done = (request: IDBRequest): Promise<unknown> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

export async function deleteAll(factory: IDBFactory = real): Promise<void> {
  await Promise.all(DATABASES.map((name) => done(factory.deleteDatabase(name))))
}

export const deletedElsewhere = (): Promise<Over> => otherPage((other) => deleteAll(other.indexedDB))

/** Made, but not to the end: as where the page was closed meanwhile, or something else made it. */
export const halfMade = (version: number) => async (): Promise<Over> => {
  await deleteAll()
  for (const name of DATABASES) {
    const opened = real.open(name, version)
    await done(opened)
    opened.result.close()
  }
  return () => deleteAll()
}

/** One value of the credentials, past any fault; a database that is not there is not made by that. */
export async function look(key: string): Promise<unknown> {
  const opened = real.open('latchkey.credentials')
  opened.onupgradeneeded = () => opened.transaction?.abort()
  if (!(await done(opened).catch(() => false))) return undefined
  const { result: database } = opened
  try {
    if (!database.objectStoreNames.contains('credentials')) return undefined
    return await done(database.transaction('credentials').objectStore('credentials').get(key))
  } finally {
    database.close()
  }
}

/** Puts a value of any kind where a credential was. */
export async function put(key: string, value: unknown): Promise<void> {
  const opened = real.open('latchkey.credentials')
  await done(opened)
  await done(opened.result.transaction('credentials', 'readwrite').objectStore('credentials').put(value, key))
  opened.result.close()
}
