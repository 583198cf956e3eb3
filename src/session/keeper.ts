import type { Fail } from '../errors.js'
import type { CredentialRecord, Strategy, StrategyContext } from '../types.js'
import { within } from './clock.js'

/** The strategy's store, with an order and a bound for everything that is asked of it. */
export interface Keeper {
  find(): Promise<CredentialRecord | undefined>
  save(credential: CredentialRecord): Promise<void>
  erase(): Promise<void>
}

export interface KeeperOptions<T> extends Pick<StrategyContext, 'key' | 'indexedDB'> {
  strategy: Strategy<T>
  storageTimeoutSeconds: number
  fail: Fail
}

export function createKeeper<T>(options: KeeperOptions<T>): Keeper {
  const { strategy, key, indexedDB, storageTimeoutSeconds, fail } = options
  let writes: Promise<unknown> = Promise.resolve()

  const bounded = <R>(use: (context: StrategyContext) => Promise<R>): Promise<R> =>
    within(
      storageTimeoutSeconds,
      (signal) => use({ key, indexedDB, signal }),
      () => fail('ERR_STORAGE_TIMEOUT'),
    ).catch((cause) => {
      throw fail('ERR_STORAGE_FAILED', cause)
    })
  /** One after the other, so that what was asked for last is what is stored. */
  const inOrder = (use: (context: StrategyContext) => Promise<void>): Promise<void> => {
    const written = writes.then(() => bounded(use))
    writes = written.catch(() => {})
    return written
  }
  return {
    find: () => bounded((at) => strategy.get(at)),
    save: (credential) => inOrder((at) => strategy.set(at, credential)),
    erase: () => inOrder((at) => strategy.clear(at)),
  }
}
