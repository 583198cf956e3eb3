import type { Store } from '../types.js'

/**
 * `localStorage` ('local': all tabs, outlives the browser) or `sessionStorage` ('session': one tab and its
 * reloads). It is looked up at each use, since touching it throws where site data is blocked.
 *
 * @param suffix of the key
 */
export function webStorage(kind: 'local' | 'session', suffix = ''): Store {
  const name = `${kind}Storage` as const
  return {
    name,
    persistent: kind === 'local',
    perTab: kind === 'session',
    read: async ({ key }) => globalThis[name].getItem(key + suffix) ?? undefined,
    async write({ key }, value) {
      globalThis[name].setItem(key + suffix, value)
      if (globalThis[name].getItem(key + suffix) !== value) throw new Error()
    },
    erase: async ({ key }) => globalThis[name]?.removeItem(key + suffix),
  }
}
