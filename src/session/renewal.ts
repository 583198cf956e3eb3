import { isMalformed } from '../errors.js'
import { own } from '../options.js'
import type { CredentialRecord, SignOutReason } from '../types.js'
import { type AttemptOptions, createAttempt } from './attempt.js'
import { pause, TOLERANCE_MS } from './clock.js'
import { numberOf } from './held.js'
import { createHold, type LockOptions } from './lock.js'
import type { Generation } from './record.js'

export interface RenewalOptions<T> extends AttemptOptions<T>, LockOptions {
  storageTimeoutSeconds: number
}

export interface Renewal {
  /**
   * Renews the credential, or takes it from the tab that has. Resolves as well where another one was set or
   * cleared meanwhile, where there is nothing to renew it with and, if it can wait, while another tab is at it.
   */
  renew(spent: CredentialRecord, canWait: boolean): Promise<void>
  /** Takes what another tab has done, if that is as new as it was said to be and not old by now. */
  look(generation: number, isOld: () => boolean): Promise<void>
}

export function createRenewal<T>(options: RenewalOptions<T>): Renewal {
  const { held, change, adopt, forget, find, erase, known, isBlind, transact, isLeaving } = options
  const { now, fail, refreshTimeoutSeconds, storageTimeoutSeconds } = options
  const hold = createHold(options)
  const attempt = createAttempt(options)
  const leaseMs = (refreshTimeoutSeconds + 2 * storageTimeoutSeconds) * 1000
  const limit = (seconds: number) => AbortSignal.timeout(seconds * 1000)

  /** A time that is far in the future is none: the clock was set back. */
  const isWithin = (at = Number.NaN, ms = 0) => now() >= at - TOLERANCE_MS && now() < at + ms

  const refuseEarly = ({ failedAt = 0, waitMs = 0 }: Generation) => {
    if (isWithin(failedAt, waitMs)) throw fail('ERR_REFRESH_FAILED', undefined, failedAt + waitMs)
  }
  /** Adopts what is stored if it is as new as that; false if this tab is still where it was. */
  const catchUp = async (generation: number, since = change()) => {
    const found = await find()
    if (!since.aborted && found && numberOf(found) >= generation) adopt(found, undefined, 'other-tab')
    return since.aborted
  }
  /** Does what another tab has done; false if this tab's store does not show it in time. */
  const follow = async (other: Generation, isOld = isLeaving, patience = refreshTimeoutSeconds) => {
    const { generation, ended, isElsewhere } = other
    const [spent, since] = [held(), change()]
    const isKept = numberOf(spent) > 0
    const end = (reason: SignOutReason) => spent && !since.aborted && forget(reason, 'other-tab')
    if (ended) {
      // What nobody who keeps the ledger has written may be newer than what has ended.
      if (!isKept && (await find())) return false
      end(ended === 'cleared' ? 'other-tab' : ended)
      // Who has ended it may not have known this place.
      await transact(async (now) => {
        const number = now.generation === generation ? numberOf(await find()) : 0
        if (number > 0 && number <= generation) await erase()
      })
      return true
    }
    const soon = limit(storageTimeoutSeconds / 4)
    const late = limit(isKept && !isElsewhere ? patience : storageTimeoutSeconds)
    let isHidden = isElsewhere
    for (;;) {
      const isThere = await catchUp(generation, since).catch(unlessMalformed)
      if (isThere) return true
      isHidden ||= isThere === undefined
      if (isLeaving() || isOld()) return false
      if ((isHidden ? soon : late).aborted) break
      await pause(LAG_MS)
    }
    if (isHidden) end('other-tab')
    return isHidden
  }
  /** Notes that an attempt begins; or resolves to what is against it: another tab was faster, or is at it. */
  const begin = (spent: CredentialRecord, seen: number, isAlone: boolean) =>
    transact(async (known, write, isLate) => {
      if (known.generation > seen || held() !== spent || isLeaving()) return known
      if (isLate && !isAlone) throw fail('ERR_STORAGE_FAILED')
      // One that is older was deleted, and starts again.
      const last: Generation = known.generation < seen ? own({ generation: seen }) : known
      const { begunAt, waitMs } = last
      refuseEarly(last)
      if (!isAlone && isWithin(begunAt, leaseMs)) return known
      // Begun and not ended, or not seen here: whoever did it is gone, and so is the answer.
      const isGone = begunAt !== undefined || (numberOf(spent) > 0 && seen > numberOf(spent))
      await write({ generation: seen, waitMs, isLost: last.isLost || isGone, begunAt: now() })
      return undefined
    })
  const advance = (spent: CredentialRecord, seen: number, canWait: boolean) =>
    hold(canWait, change(), async (isAlone) => {
      const signal = limit(leaseMs / 1000)
      while (
        held() === spent &&
        !(await catchUp(Math.max(seen, Math.floor(numberOf(spent)) + 1)).catch(() => false))
      ) {
        const other = await begin(spent, seen, isAlone)
        if (!other) return attempt(spent, known())
        if (other.generation > seen || canWait || isLeaving()) return other
        signal.throwIfAborted()
        for (let polls = POLLS; polls && held() === spent; polls--) await pause(POLL_MS)
      }
      return undefined
    })

  return {
    async renew(spent, canWait) {
      let seen = Math.floor(numberOf(spent))
      if (known().generation === seen) refuseEarly(known())
      for (;;) {
        const other = await advance(spent, seen, canWait)
        if (held() !== spent || !other || other.generation === seen || (await follow(other))) return
        // It can't be seen here what the other tab has stored. The server is asked as a last resort.
        seen = other.generation
      }
    },
    async look(generation, isOld) {
      const signal = limit(storageTimeoutSeconds)
      // What the own store has already need not be asked of the ledger.
      while (generation > numberOf(held()) && !(await catchUp(generation).catch(unlessMalformed))) {
        const known = await transact((now) => now)
        if (known.generation > numberOf(held())) await follow(known, isOld, storageTimeoutSeconds)
        // Without a ledger the store may be behind the word of the other tab, and nothing else would tell.
        const isWord = isBlind() && Number.isFinite(generation) && generation > known.generation
        if (!isWord || signal.aborted || isOld()) return
        await pause(LAG_MS)
      }
    },
  }
}

/** How often a store is looked into that may be behind another tab's. */
const LAG_MS = 20
/** How often it is looked whether a hint has come, and after how many times whether another tab's lease is over. */
const POLL_MS = 50
const POLLS = 8

/** What can't be read was written by another version of the app, and will not be seen here. */
function unlessMalformed(error: unknown): undefined {
  if (!isMalformed(error)) throw error
}
