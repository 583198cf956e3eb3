import { causedBy, type Fail } from '../errors.js'
import type { CredentialRecord, Strategy, StrategyContext } from '../types.js'
import { unlessAborted } from './clock.js'

/** The strategy's store, with an order and a bound for everything that is asked of it. */
export interface Keeper {
  find(): Promise<CredentialRecord | undefined>
  /** Both are skipped if they are not wanted any more when their turn has come. */
  save(credential: CredentialRecord, isWanted?: () => boolean): Promise<void>
  erase(isWanted?: () => boolean): Promise<void>
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
  const inOrder = (use: (context: StrategyContext) => Promise<void>, isWanted = () => true) => {
    const written = writes.then(() => (isWanted() ? bounded(use) : undefined))
    writes = written.catch(() => {})
    return written
  }
  return {
    find: () => bounded((at) => strategy.get(at)),
    save: (credential, isWanted) => inOrder((at) => strategy.set(at, credential), isWanted),
    erase: (isWanted) => inOrder((at) => strategy.clear(at), isWanted),
  }
}
