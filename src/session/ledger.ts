import { type Fail, LatchkeyError } from '../errors.js'
import { own } from '../options.js'
import type { CredentialRecord, Place, StrategyContext } from '../types.js'
import { inTime, unlessAborted } from '../unless-aborted.js'
import { numberOf } from './held.js'
import type { Kept } from './home.js'
import type { Homes } from './homes.js'
import { type Generation, type OpenRecord, openRecord } from './record.js'

/** Stores what became of the credential: a new one is stored before it is noted, an ended one erased after. */
export type Write = (next: Generation, credential?: CredentialRecord) => Promise<Kept | undefined>

/** It is late if IndexedDB did not answer in time, so that other tabs may get in between. */
type Use<R> = (known: Generation, write: Write, isLate: boolean) => R | Promise<R>

export interface LedgerOptions<T> extends Pick<StrategyContext, 'key' | 'indexedDB'> {
  homes: Homes<T>
  isShared: () => boolean
  storageTimeoutSeconds: number
  fail: Fail
}

export interface Ledger {
  /** One operation, in its time. */
  stored<R>(use: (context: StrategyContext) => Promise<R>): Promise<R>
  /** The stored credential. */
  find(onPlace?: (place: Place) => void, look?: Homes<never>['get']): Promise<CredentialRecord | undefined>
  /** Erases it and notes nothing. */
  erase(): Promise<void>
  /** Erases what is older than it in the places of other strategies. */
  tidy(credential: CredentialRecord): Promise<void>
  /** Whether there is no record to be believed, as far as this tab knows. */
  isBlind(): boolean
  /** What was known when this tab last looked. */
  known(): Generation
  /** One look, and changes to what is stored if wanted: no other tab gets in between. A move concerns the others' place. */
  transact<R>(use: Use<R>, isMove?: boolean): Promise<R>
}

/**
 * The strategy's store, and beside it the record that tabs believe: localStorage may show one tab what another
 * has long replaced, also under a lock (measured: a third of updates lost), and IndexedDB does not. Where there
 * is no IndexedDB, or each tab has a credential of its own, the record is kept in memory, and the store is believed.
 */
export function createLedger<T>(options: LedgerOptions<T>): Ledger {
  const { homes, isShared, key, indexedDB, storageTimeoutSeconds, fail } = options
  let known: Generation = own({ generation: 0 })
  let queue: Promise<unknown> = Promise.resolve()
  let hungUntil = 0
  let isBlind = true
  /** The highest number that was ever found or stored; `undefined` until somebody has looked. */
  let highest: number | undefined

  const instance = {}

  /** After the first look, a database that does not open is not waited for again and again by the one call. */
  const secondsToOpen = () => {
    if (highest === undefined) return storageTimeoutSeconds
    return storageTimeoutSeconds * (performance.now() < hungUntil ? 0.125 : 0.4)
  }
  const bounded = <R>(use: (context: StrategyContext) => Promise<R>) => {
    const times = { timeoutSeconds: storageTimeoutSeconds, openSeconds: secondsToOpen() }
    const used = (signal: AbortSignal) => use({ key, indexedDB, instance, signal, ...times })
    return inTime(storageTimeoutSeconds, used).catch((error) => {
      if (error?.name === 'TimeoutError') hungUntil = performance.now() + HUNG_MS
      throw error
    })
  }
  const stored: Ledger['stored'] = (use) =>
    bounded(use).catch((cause) => {
      throw cause instanceof LatchkeyError ? cause : fail('ERR_STORAGE_FAILED', cause)
    })
  const find: Ledger['find'] = async (onPlace, look = homes.get) => {
    const found = await stored((at) => look(at, onPlace)).finally(() => {
      highest ??= 0
    })
    highest = Math.max(highest ?? 0, numberOf(found))
    return found
  }
  /** Given up when the page is left: to one that is back Firefox does not say what became of it (measured). */
  const unlessLeft = <R>(
    use: (context: StrategyContext) => Promise<R>,
    left = new AbortController().signal,
  ) =>
    stored((at) => {
      left.throwIfAborted()
      const signal = AbortSignal.any([at.signal, left])
      return unlessAborted(use({ ...at, signal }), signal)
    })
  const erase = (left?: AbortSignal) => unlessLeft((at) => homes.clear(at), left)
  const tidy: Ledger['tidy'] = async (credential) => {
    // What can't be erased in time is found to be older the next time.
    if (homes.isMoving()) await stored((at) => homes.tidy(at, credential)).catch(() => {})
  }
  /** Without a record, what is in the store is all there is to know: what was there and is missing was cleared. */
  const lookUp = async () => {
    let isSure = !known.ended && highest !== undefined && highest > 0
    const found = await find(() => {
      isSure = false
    })
    const missed = isSure ? Math.max(known.generation, highest ?? 0) + 1 : 0
    const generation = found ? numberOf(found) : missed
    if (generation > known.generation) known = own({ generation, ended: found ? undefined : 'cleared' })
  }
  const inTurn = async <R>(use: Use<R>, isMove = false): Promise<R> => {
    let isLate = false
    const isAll = isShared()
    const missing = async ({ name }: Error) => {
      isLate = name === 'TimeoutError'
      if (!isLate && highest !== undefined) await lookUp().catch(() => {})
      return undefined
    }
    let record = isAll || isMove ? await bounded(openRecord).catch(missing) : undefined
    isBlind = !record
    // A record that is older than what this tab knows was deleted and made anew.
    if (record && record.found?.generation >= known.generation) known = own(record.found)
    let changed: Generation | undefined
    /** Why this turn may write nothing any more. */
    let gone: unknown
    /** Opens the record again once a page that was left is back; throws if another tab has gone on without it. */
    const regain = async (lost: OpenRecord, error: unknown) => {
      gone = error
      await lost.back
      record = await stored(openRecord)
      const isAsItWas = [lost.found, changed ?? lost.found].some((one) => isSame(one, record?.found))
      if (!isAsItWas) {
        await record.close(undefined)
        throw error
      }
      gone = undefined
    }
    const whileHeld = <R>(act: (left?: AbortSignal) => Promise<R>): Promise<R> => {
      const held = record
      return act(held?.left).catch(async (error) => {
        if (!held?.left.aborted) throw error
        await regain(held, error)
        return whileHeld(act)
      })
    }
    const end = async (): Promise<void> => {
      const held = record
      await held?.close(changed)
      if (gone || !changed || !held?.left.aborted) return
      await regain(held, fail('ERR_STORAGE_FAILED', held.left.reason))
      return end()
    }
    const write: Write = async (given, credential) => {
      if (gone) throw gone
      const next = own(given)
      const openSeconds = storageTimeoutSeconds * 0.6
      const kept =
        credential &&
        (await whileHeld((left) => unlessLeft((at) => homes.set({ ...at, openSeconds }, credential), left)))
      if (kept) highest = Math.max(highest ?? 0, numberOf(credential))
      if (kept) await tidy({ ...credential, ...kept })
      const isElsewhere =
        !next.ended && (homes.isMoving() || (kept ? isAll && kept.place?.perTab : known.isElsewhere))
      known = changed = own(isElsewhere ? { ...next, isElsewhere } : next)
      // What this tab has ended itself is not missed.
      if (known.ended) highest = 0
      if (known.ended) await whileHeld(erase)
      return kept
    }
    try {
      return await use(known, write, isLate)
    } finally {
      await end()
    }
  }
  return {
    stored,
    find,
    erase: () => erase(),
    tidy,
    isBlind: () => isBlind,
    known: () => known,
    transact(use, isMove) {
      const turn = queue.then(() => inTurn(use, isMove))
      queue = turn.catch(() => {})
      return turn
    },
  }
}

const HUNG_MS = 5000

function isSame(one: Generation | undefined, other: Generation | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
