/** A request or a transaction: it tells by an event that it is over. */
class Task extends EventTarget {
  result: unknown
  error: unknown;
  [name: `on${string}`]: ((event: Event) => void) | undefined

  end(type: string): this {
    setTimeout(() => {
      const event = new Event(type)
      this[`on${type}`]?.(event)
      this.dispatchEvent(event)
    })
    return this
  }
}

const success = (result?: unknown) => Object.assign(new Task(), { result }).end('success')
const failure = (error: unknown) => Object.assign(new Task(), { error }).end('error')

/** It is over when it is committed. */
function transaction(values: Map<string, unknown>, full: boolean) {
  const error = full ? new DOMException('Out of room', 'QuotaExceededError') : null
  const made = Object.assign(new Task(), { error })
  const store = {
    get: (key: string) => success(values.get(key)),
    getKey: (key: string) => success(values.has(key) ? key : undefined),
    put: (value: unknown, key: string) => success(full || values.set(key, value)),
    delete: (key: string) => success(values.delete(key)),
    transaction: made,
  }
  const commit = () => void made.end(full ? 'error' : 'complete')
  return Object.assign(made, { commit, abort: () => {}, objectStore: () => store })
}

function database(values: Map<string, unknown>, full: boolean) {
  const objectStoreNames = { contains: () => true }
  const open = { objectStoreNames, transaction: () => transaction(values, full), close: () => {} }
  return Object.assign(new Task(), open)
}

/** As much of IndexedDB as one value under one key needs. */
export function fakeIndexedDB(values: Map<string, unknown> = new Map(), full = false): IDBFactory {
  return { open: () => success(database(values, full)) } as unknown as IDBFactory
}

/** One whose connections never open, as in a browser whose storage process hangs. */
export function hangingIndexedDB(): IDBFactory {
  return { open: () => new Task() } as unknown as IDBFactory
}

export function failingIndexedDB(): IDBFactory {
  return { open: () => failure(new DOMException('Internal error.', 'UnknownError')) } as unknown as IDBFactory
}
