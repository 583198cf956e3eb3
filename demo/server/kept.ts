import { type Ending, Expiring } from './expiring.js'

/** Values that end by themselves, in this process' memory or where other processes find them, too. */
export interface Kept<V> {
  readonly where: 'memory' | 'redis'
  get(key: string): Promise<V | undefined>
  set(key: string, value: V): Promise<void>
  /** Keeps it unless there is one. Of two who do so at the same time, one alone gets `true`. */
  add(key: string, value: V): Promise<boolean>
  /** Its time starts anew. `false`: there is none. */
  renew(key: string): Promise<boolean>
  delete(key: string): Promise<void>
  all(): Promise<readonly Ending<V>[]>
}

export function keptInMemory<V>(lifeSeconds: number): Kept<V> {
  const values = new Expiring<V>(lifeSeconds)
  return {
    where: 'memory',
    get: async (key) => values.get(key),
    set: async (key, value) => values.set(key, value),
    async add(key, value) {
      const isNew = values.get(key) === undefined
      if (isNew) values.set(key, value)
      return isNew
    },
    async renew(key) {
      const value = values.get(key)
      if (value !== undefined) values.set(key, value)
      return value !== undefined
    },
    delete: async (key) => values.delete(key),
    all: async () => values.all(),
  }
}
