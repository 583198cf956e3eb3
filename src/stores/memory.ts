import type { Store } from '../types.js'

/** Keeps the value for as long as the page lives, and nowhere else. */
export function memory(): Store {
  const values = new Map<string, string>()
  return {
    name: 'memory',
    persistent: false,
    perTab: true,
    read: async ({ key }) => values.get(key),
    write: async ({ key }, value) => void values.set(key, value),
    erase: async ({ key }) => void values.delete(key),
  }
}
