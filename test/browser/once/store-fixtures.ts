import { bearer, defineStrategy, type Placement, type Store, type Strategy } from '../../../src/index.js'
import { fakeStore } from '../../shared/fixtures/faults.js'

/** A store one can look into, slow down and break, of all tabs or of one. */
export function namedStore(name: string, perTab = false) {
  return Object.assign(fakeStore(), { name, perTab, persistent: !perTab })
}

/** The strategy that keeps what it has in such a store, and has its name. */
export function keptIn(store: Store, placement: Placement = bearer()): Strategy {
  return defineStrategy({ name: store.name, store, placement })
}

/** Where the user’s settings block the database. */
export const blocked = {
  open() {
    throw new DOMException('blocked', 'SecurityError')
  },
} as Partial<IDBFactory> as IDBFactory

/** A database whose next openings fail, and which counts them. */
export function failingDatabase() {
  const fault = { left: 0, opened: 0 }
  const open: IDBFactory['open'] = (...given) => {
    fault.opened += 1
    fault.left -= 1
    if (fault.left >= 0) throw new DOMException('Connection to Indexed Database server lost', 'UnknownError')
    return indexedDB.open(...given)
  }
  return { fault, indexedDB: { open } as Partial<IDBFactory> as IDBFactory }
}

/** A database that opens only after a while, as from a slow disk. */
export function slowDatabase() {
  const fault = { ms: 0 }
  const open: IDBFactory['open'] = (...given) =>
    new Proxy(indexedDB.open(...given), {
      get: (target, key) => Reflect.get(target, key),
      set: (target, key, value) => {
        const late = (event: Event) => void setTimeout(() => value.call(target, event), fault.ms)
        return Reflect.set(target, key, key === 'onsuccess' ? late : value)
      },
    })
  return { fault, indexedDB: { open } as Partial<IDBFactory> as IDBFactory }
}

/** The tab comes to the front, and so looks what has happened. */
export function resume(): void {
  globalThis.dispatchEvent(new Event('resume'))
}
