/**
 * Opens `latchkey.<name>`, with one object store of that name: Firefox lets only one transaction at a time write to
 * a database, so what must not wait for each other has one each. Whoever asks closes it after the one operation
 * it was opened for. So no connection is ever found dead (WebKit closes them, bug 197050), blocks another tab's
 * upgrade or keeps the page out of bfcache.
 */
export function openDatabase(name: string, factory: IDBFactory = globalThis.indexedDB): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(`latchkey.${name}`, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(name)
    request.onerror = () => reject(request.error)
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close()
      resolve(request.result)
    }
  })
}
