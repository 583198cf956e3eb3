import { isMalformed } from '../errors.js'
import { must } from '../options.js'
import type { Store } from '../types.js'
import { reasonOf, within } from '../unless-aborted.js'
import { type ChainedStore, numberIn, storeOf } from './store-of.js'

/**
 * Several stores as one, for a strategy's `storage`. A credential goes to the first that proves to keep it, by
 * reading back what was written, and is looked for in all, so that it is found again when a store breaks, or works
 * once more. Of two, the newer one counts. `state.storage` says which store it is, and a `storage-fallback` event
 * why it isn't the first. It encrypts nothing by itself: see {@link encrypted}.
 *
 * @param stores in the order of preference; those of one tab (`'session'`, `'memory'`) come last
 * @throws TypeError that begins with the quoted name of what is wrong
 * @example
 * tokenStrategy({ storage: storeChain(['indexedDB', 'local', 'memory']) })
 */
export function storeChain(stores: readonly ChainedStore[]): Store {
  must('stores', Array.isArray(stores) && stores.length, 'be a list of stores')
  const chain = stores.map((store) => storeOf('stores', store)).map(bounded)
  const isOrdered = chain.every(({ perTab }, turn) => perTab || !chain[turn - 1]?.perTab)
  must('stores', isOrdered, 'have those of one tab last')
  const [first] = chain as [Store]

  return {
    ...first,
    async read(context) {
      const looks = await Promise.allSettled(
        chain.map(async (store) => ({ store, value: await store.read(context) })),
      )
      const seen = looks.flatMap((look) => (look.status === 'fulfilled' ? look.value : []))
      const cause = reasonOf(looks)
      const [newest] = seen.sort((one, other) => numberIn(other.value) - numberIn(one.value))
      if (!newest || (newest.value === undefined && isMalformed(cause))) throw cause
      // Where nothing is found, it may be in the one that can't be read.
      if (newest.store !== first || (cause && newest.value === undefined))
        context.onPlace?.(newest.store, cause)
      return newest.value
    },
    async write(context, value) {
      let cause: unknown
      for (const store of chain) {
        try {
          await store.write(context, value)
          if (store !== first) context.onPlace?.(store, cause)
          // What can't be erased is older, so it counts no more.
          await Promise.allSettled(chain.map((other) => other !== store && other.erase(context)))
          return
        } catch (error) {
          cause ??= error
        }
      }
      throw cause
    },
    async erase(context) {
      const cause = reasonOf(await Promise.allSettled(chain.map((store) => store.erase(context))))
      if (cause) throw cause
    },
  }
}

/** The store with half of the time that those before it leave, so that the next one has some, too. */
function bounded(store: Store, turn: number): Store {
  const part = 0.5 ** (turn + 1)
  return {
    ...store,
    read: (context) => within(part, context, (at) => store.read(at)),
    write: (context, value) =>
      within(part, context, async (at) => {
        await store.write(at, value)
        if ((await store.read(at)) !== value) throw new Error()
      }),
    erase: (context) => within(part / 2, context, (at) => store.erase(at)),
  }
}
