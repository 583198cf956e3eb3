import { encrypted } from '../strategies/encrypted.js'
import { storeChain } from '../strategies/store-chain.js'
import { storeOf } from '../strategies/store-of.js'
import type { Store } from '../types.js'
import type { ChainData, EncryptedData } from './data.js'
import { anyOf, choiceOf, described, type Fields, type Schema, someOf, wordOr } from './schema.js'

/** Where something rests, and the store that is made of it. */
export function stores(): Schema<Store> {
  const store: Schema<Store> = wordOr(NAMED, () => types)
  const types = anyOf({
    chain: described({ stores: someOf(store) } satisfies Fields<ChainData>, ({ stores }) =>
      storeChain(stores),
    ),
    encrypted: described({ storage: store } satisfies Fields<EncryptedData>, ({ storage }) =>
      encrypted(storage),
    ),
  })
  return store
}

const NAMED = choiceOf(['local', 'session', 'indexedDB', 'memory'], (name) => storeOf('storage', name))
