import { type Fail, LatchkeyError } from '../errors.js'
import type { CredentialRecord } from '../types.js'
import type { Era } from './era.js'
import { createFlights, type Flights } from './flight.js'
import { type Holder, numberOf } from './held.js'
import type { Idle } from './idle.js'
import type { Ledger } from './ledger.js'
import type { Renewal } from './renewal.js'
import type { Tabs } from './tabs.js'

export interface FreshOptions
  extends Holder,
    Pick<Ledger, 'find'>,
    Pick<Renewal, 'renew' | 'look'>,
    Pick<Tabs, 'isLeaving'> {
  idle: Idle
  isRenewable: () => boolean
  /** Whether a refresh brings another credential, and not just word that the one there is still lives. */
  bringsAnother: boolean
  refreshBeforeSeconds: number
  isReady: () => Promise<unknown>
  era: Era
  identify: () => Promise<unknown>
  fail: Fail
}

/** The credential as a request wants it. */
export interface Fresh extends Omit<Flights, 'board'> {
  msUntilDue(): number
  /** The one in memory, if nothing has to be waited for. */
  current(): CredentialRecord | undefined
  /** It, after a refresh if it is about to end or a server has refused it; `undefined` if there is no other. */
  fresh(refused?: CredentialRecord): Promise<CredentialRecord | undefined>
  /** The one in memory, after the store, the other tabs and the server were looked at for whose it is. */
  confirmed(credential: CredentialRecord): Promise<CredentialRecord>
  /** Ends what was not used for too long, or has become another user's. */
  checked(): Promise<void>
  /** Renews it, or joins the refresh that is running. */
  renew(canWait: boolean): Promise<void>
}

export function createFresh(options: FreshOptions): Fresh {
  const { held, isNew, isOther, isTaken, adopt, forget, degrade, find, idle } = options
  const { isRenewable, isLeaving, isReady, bringsAnother, era, fail } = options
  const renewed = (spent: CredentialRecord, canWait: boolean) =>
    options.renew(spent, canWait).catch((cause) => {
      const error = cause instanceof LatchkeyError ? cause : fail('ERR_REFRESH_FAILED', cause)
      if (held() === spent && !isLeaving()) degrade(error)
      throw error
    })
  const { board, ...flights } = createFlights(renewed, era)
  const renew = (canWait: boolean) => {
    const spent = held()
    if (!spent) throw fail('ERR_SIGNED_OUT')
    return board(spent, canWait)
  }
  const isOver = () => options.msUntil(0) <= 0
  const msUntilDue = () => options.msUntil(options.refreshBeforeSeconds)
  const current = () => (msUntilDue() > 0 && !idle.isOver() && !isTaken() ? held() : undefined)
  const checked = async () => {
    const before = held()
    if (before && isTaken()) {
      const found = await find().catch(() => undefined)
      const isNext = numberOf(found) > numberOf(before) || found?.access_token !== before.access_token
      // Of the other user it may be known only who it is.
      const next = (isNext && found) || { ...before, ...UNKNOWN }
      if (held() === before) adopt(next, 'signed-in')
    }
    if (before && idle.isOver()) await idle.check()
  }

  const fresh = async (refused?: CredentialRecord) => {
    const signal = era.signal()
    await isReady()
    await checked()
    for (let tries = TRIES; ; tries--) {
      signal.throwIfAborted()
      const before = held()
      const isRefused = before === refused
      if (!before || (isRefused && isNew())) return undefined
      if (!isRefused && (current() || !tries)) return refused && isOther(refused) ? undefined : before
      const canWait = !isRefused && !isOver()
      // A probe that fails says nothing of the 401 that it was asked for.
      const isNeeded = !canWait && (!isRefused || bringsAnother)
      if (isRenewable())
        await renew(canWait).catch((error) => {
          // A refresh that fails matters only if the credential is gone, was refused, or had ended.
          if (signal.aborted || (isNeeded && (!held() || held() === refused || isOver()))) throw error
        })
      if (isRefused && !bringsAnother) return undefined
      if (held() !== before || (canWait && isOver() && tries)) continue
      // On a page that is left nothing was tried.
      if (isOver() && !isLeaving()) forget('expired')
      return isRefused ? undefined : held()
    }
  }
  const confirmed = async (credential: CredentialRecord) => {
    const owner = era.signal()
    // What can't be known now is no reason to refuse what was asked before.
    await options.look(Number.POSITIVE_INFINITY, () => false).catch(() => {})
    await checked().catch(() => {})
    await options.identify().catch(() => {})
    owner.throwIfAborted()
    return held() ?? credential
  }
  return { msUntilDue, current, fresh, confirmed, checked, renew, ...flights }
}

/** What is known of another user's credential, of which the cookie beside it says only whose it is. */
const UNKNOWN = {
  refresh_token: undefined,
  expires_in: undefined,
  claims: undefined,
  line: undefined,
  cache: 'no-store',
} as const

const TRIES = 3
