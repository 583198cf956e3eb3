import type { Store } from '../types.js'

/**
 * Keeps the value for as long as the instance lives, and nowhere else. Each instance has its own: a server makes one for
 * each user, and may make the strategy once for all.
 */
export function memory(): Store {
  const all = new WeakMap<object, Map<string, string>>()
  const nobody = {}
  const valuesOf = (instance: object = nobody) => {
    const values = all.get(instance) ?? new Map<string, string>()
    all.set(instance, values)
    return values
  }
  return {
    name: 'memory',
    persistent: false,
    perTab: true,
    read: async ({ key, instance }) => valuesOf(instance).get(key),
    write: async ({ key, instance }, value) => void valuesOf(instance).set(key, value),
    erase: async ({ key, instance }) => void valuesOf(instance).delete(key),
  }
}
