import type { Store } from '../types.js'

/**
 * `localStorage` ('local': all tabs, outlives the browser) or `sessionStorage` ('session': one tab and its
 * reloads). It is looked up at each use, since touching it throws where site data is blocked.
 */
export function webStorage(kind: 'local' | 'session'): Store {
  const name = `${kind}Storage` as const
  return {
    name,
    persistent: kind === 'local',
    perTab: kind === 'session',
    read: async ({ key }) => globalThis[name].getItem(key) ?? undefined,
    async write({ key }, value) {
      globalThis[name].setItem(key, value)
      if (globalThis[name].getItem(key) !== value) throw new Error()
    },
    erase: async ({ key }) => globalThis[name].removeItem(key),
  }
}
