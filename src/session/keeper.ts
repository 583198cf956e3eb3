import { causedBy, type Fail } from '../errors.js'
import type { CredentialRecord, Strategy, StrategyContext } from '../types.js'
import { unlessAborted } from './clock.js'

/** The strategy's store, with an order and a bound for everything that is asked of it. */
export interface Keeper {
  find(): Promise<CredentialRecord | undefined>
  /** Skipped if it is not wanted any more when its turn has come. */
  save(credential: CredentialRecord, isWanted?: () => boolean): Promise<unknown>
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

  const bounded = async <R>(use: (context: StrategyContext) => Promise<R>): Promise<R> => {
    const signal = AbortSignal.timeout(storageTimeoutSeconds * 1000)
    try {
      return await unlessAborted(use({ key, indexedDB, signal }), signal)
    } catch (cause) {
      throw causedBy(cause, 'ERR_STORAGE_FAILED', fail)
    }
  }
  /** One after the other, so that what was asked for last is what is stored. */
  const inOrder = <R>(use: (context: StrategyContext) => Promise<R>): Promise<R> => {
    const written = writes.then(() => bounded(use))
    writes = written.catch(() => {})
    return written
  }
  return {
    find: () => bounded((at) => strategy.get(at)),
    save: (credential, isWanted = () => true) =>
      inOrder(async (at) => isWanted() && strategy.set(at, credential)),
    erase: () => inOrder((at) => strategy.clear(at)),
  }
}
