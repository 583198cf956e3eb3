import type { Kept } from '../kept.js'
import { type Did, did } from './did.js'

/** The same, noting what is looked up and written. */
export function notedKept<V>(kept: Kept<V>, thing: Did['thing']): Kept<V> {
  const { where } = kept
  const wrote = () => did({ what: 'kept', where, thing })
  return {
    ...kept,
    async get(key) {
      const value = await kept.get(key)
      did({ what: 'looked-up', where, thing, found: value !== undefined })
      return value
    },
    async set(key, value) {
      await kept.set(key, value)
      wrote()
    },
    async add(key, value) {
      const isNew = await kept.add(key, value)
      if (isNew) wrote()
      return isNew
    },
    async renew(key) {
      const isThere = await kept.renew(key)
      if (isThere) wrote()
      return isThere
    },
    async delete(key) {
      await kept.delete(key)
      did({ what: 'removed', where, thing })
    },
  }
}
