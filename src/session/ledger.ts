import { openDatabase } from '../database.js'
import { type Fail, LatchkeyError } from '../errors.js'
import { own } from '../options.js'
import type { CredentialRecord, SignOutReason, Strategy, StrategyContext } from '../types.js'
import { unlessAborted } from './clock.js'

/** What all tabs know of the newest credential: which one it is, and what became of it. No secret is in here. */
export interface Generation {
  /** Its number; 0 where nobody has said. */
  readonly generation: number
  /** Why there is none any more. */
  readonly ended?: SignOutReason | undefined
  /** When an attempt to renew it began that has not ended, in milliseconds since the epoch. */
  readonly begunAt?: number | undefined
  /** An attempt's answer was lost, so the refresh token may be spent. */
  readonly isLost?: boolean | undefined
  /** When the last attempt failed, and how many milliseconds to wait from then on. */
  readonly failedAt?: number | undefined
  readonly waitMs?: number | undefined
}

/** Stores what became of the credential: a new one is stored before it is noted, an ended one erased after. */
export type Write = (next: Generation, credential?: CredentialRecord) => Promise<void>

/** It is late if IndexedDB did not answer in time, so that other tabs may get in between. */
type Use<R> = (known: Generation, write: Write, isLate: boolean) => R | Promise<R>

export interface LedgerOptions<T> extends Pick<StrategyContext, 'key' | 'indexedDB'> {
  strategy: Strategy<T>
  storageTimeoutSeconds: number
  fail: Fail
}

export interface Ledger {
  /** The stored credential. */
  find(): Promise<CredentialRecord | undefined>
  /** Erases it and notes nothing. */
  erase(): Promise<void>
  /** What was known when this tab last looked. */
  known(): Generation
  /** One look, and changes to what is stored if wanted: no other tab gets in between. */
  transact<R>(use: Use<R>): Promise<R>
}

/**
 * The strategy's store, and beside it the record that tabs believe: localStorage may show one tab what another
 * has long replaced, also under a lock (measured: a third of updates lost), and IndexedDB does not. Where there
 * is no IndexedDB, or each tab has a credential of its own, the record is kept in memory.
 */
export function createLedger<T>(options: LedgerOptions<T>): Ledger {
  const { strategy, key, indexedDB, storageTimeoutSeconds, fail } = options
  let known: Generation = own({ generation: 0 })
  let queue: Promise<unknown> = Promise.resolve()

  const bounded = <R>(use: (context: StrategyContext) => Promise<R>) => {
    const signal = AbortSignal.timeout(storageTimeoutSeconds * 1000)
    return unlessAborted(use({ key, indexedDB, signal }), signal)
  }
  const stored = <R>(use: (context: StrategyContext) => Promise<R>) =>
    bounded(async (context) => use(context)).catch((cause) => {
      throw cause instanceof LatchkeyError ? cause : fail('ERR_STORAGE_FAILED', cause)
    })
  const erase = () => stored((at) => strategy.clear(at))
  const inTurn = async <R>(use: Use<R>): Promise<R> => {
    let isLate = false
    const missing = ({ name }: Error): undefined => {
      isLate = name === 'TimeoutError'
    }
    const record = strategy.capabilities.perTab ? undefined : await bounded(openRecord).catch(missing)
    // A record that is older than what this tab knows was deleted and made anew.
    if (record && record.found?.generation >= known.generation) known = own(record.found)
    let changed: Generation | undefined
    const write: Write = async (next, credential) => {
      if (credential) await stored((at) => strategy.set(at, credential))
      known = changed = own(next)
      if (known.ended) await erase()
    }
    try {
      return await use(known, write, isLate)
    } finally {
      await record?.close(changed, AbortSignal.timeout(storageTimeoutSeconds * 1000))
    }
  }
  return {
    find: () => stored((at) => strategy.get(at)),
    erase,
    known: () => known,
    transact(use) {
      const turn = queue.then(() => inTurn(use))
      queue = turn.catch(() => {})
      return turn
    },
  }
}

const GENERATIONS = 'generations'

interface OpenRecord {
  found: Generation
  close(next: Generation | undefined, signal: AbortSignal): Promise<unknown>
}

/** A transaction that all tabs wait for. It would end when nothing is asked of it, so it is asked until closed. */
async function openRecord({ key, indexedDB, signal }: StrategyContext): Promise<OpenRecord> {
  const database = await openDatabase(GENERATIONS, indexedDB)
  try {
    signal.throwIfAborted()
    const transaction = database.transaction(GENERATIONS, 'readwrite')
    signal.onabort = () => transaction.abort()
    return await entered(transaction, key)
  } finally {
    signal.onabort = null
    database.close()
  }
}

function entered(transaction: IDBTransaction, key: string): Promise<OpenRecord> {
  const records = transaction.objectStore(GENERATIONS)
  const over = new Promise((done) => {
    transaction.oncomplete = transaction.onabort = done
  })
  return new Promise((resolve, reject) => {
    let end: (() => void) | undefined
    const stay = () => {
      if (end) end()
      else records.get(key).onsuccess = stay
    }
    const close = (next: Generation | undefined, signal: AbortSignal) => {
      end = () => next && records.put(next, key)
      // What can't be noted in time is not: the store is newer than the ledger then.
      return unlessAborted(over, signal)
        .catch(() => transaction.abort())
        .catch(() => {})
    }
    const first = records.get(key)
    first.onerror = reject
    first.onsuccess = () => {
      resolve({ found: first.result, close })
      stay()
    }
  })
}
