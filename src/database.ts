import { own } from './options.js'
import type { StrategyContext } from './types.js'
import { inTime } from './unless-aborted.js'

/**
 * One transaction of `latchkey.<name>`, which has one object store of that name: Firefox lets only one transaction at
 * a time write to a database, so what must not wait for each other has one each. It is opened for the one
 * operation. So no connection is ever found dead (WebKit closes them, bug 197050), blocks another tab's upgrade or
 * keeps the page out of bfcache.
 */
export function inTransaction<R>(
  name: string,
  mode: IDBTransactionMode,
  context: StrategyContext,
  use: (records: IDBObjectStore, left: AbortSignal) => Promise<R>,
): Promise<R> {
  const { signal } = context
  const once = async () => {
    const database = await open(name, context)
    try {
      // Given up while it was opening: a write must not come true later.
      signal.throwIfAborted()
      const transaction = database.transaction(name, mode)
      signal.onabort = () => abort(transaction)
      return await use(transaction.objectStore(name), endWithPage(transaction))
    } finally {
      signal.onabort = null
      database.close()
    }
  }
  return once().catch((error) => {
    // Browsers close connections and abort transactions when they please.
    const isClosed = /^(InvalidState|Abort|Unknown)Error$/.test(error?.name)
    if (signal.aborted || !isClosed) throw error
    return once()
  })
}

/** What a request in a transaction comes to. */
export function answerOf<R>(request: IDBRequest<R>): Promise<R> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/** What is committing already can't be given up any more, and says so (Indexed Database API s. 4.10). */
export function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort()
  } catch {}
}

/** To be called when all is asked for: it is done then, also where the page is left by now. What is over already says so. */
export function commit(transaction: IDBTransaction): void {
  try {
    transaction.commit()
  } catch {}
}

/**
 * Aborts it when the page goes into bfcache, and the signal says so. WebKit keeps an open one with that page, and all tabs that
 * want to write wait until the page is thrown out (measured); Chromium and Firefox end it.
 */
function endWithPage(transaction: IDBTransaction): AbortSignal {
  const [left, over] = [new AbortController(), new AbortController()]
  const leave = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) return
    left.abort()
    abort(transaction)
    // Firefox says nothing of it to a page that is back (measured).
    over.abort()
  }
  const { signal } = over
  globalThis.addEventListener?.('pagehide', leave, own({ signal, capture: true }))
  for (const type of ['complete', 'abort'])
    transaction.addEventListener(type, () => over.abort(), own({ signal }))
  return left.signal
}

/** At the version it has: without the object store it is half made, and upgraded once more. */
async function open(name: string, context: StrategyContext, version?: number): Promise<IDBDatabase> {
  const { indexedDB = globalThis.indexedDB, timeoutSeconds = 2, openSeconds = timeoutSeconds } = context
  const database = await inTime(openSeconds, async (limit) => {
    const request = indexedDB.open(`latchkey.${name}`, version)
    request.onupgradeneeded = () => endWithPage(request.result.createObjectStore(name).transaction)
    const opened = await answerOf(request)
    // Too late for anybody else to close it.
    if (limit.aborted) opened.close()
    return opened
  })
  database.onversionchange = () => database.close()
  if (database.objectStoreNames.contains(name)) return database
  database.close()
  return open(name, context, database.version + 1)
}
