import { type Fail, LatchkeyError } from '../errors.js'
import type { CredentialRecord, Refresh, Strategy } from '../types.js'
import { msUntil, unlessAborted } from './clock.js'
import { shared } from './flight.js'
import { createHolder, numberOf } from './held.js'
import { keepFresh } from './keep-fresh.js'
import { createLedger, type Generation, type LedgerOptions } from './ledger.js'
import type { LockOptions } from './lock.js'
import { createRenewal } from './renewal.js'
import { createState, type StateHolder } from './state.js'
import { createTabs, type TabsOptions } from './tabs.js'

export interface SessionOptions<T> extends LedgerOptions<T> {
  strategy: Strategy<T>
  refresh: Refresh<T>
  refreshTimeoutSeconds: number
  refreshBeforeSeconds: number
  subject: (credential: CredentialRecord) => string | undefined
  keepFresh: boolean
  now: () => number
  fetch: (request: Request) => Promise<Response>
  fail: Fail
  locks?: LockOptions['locks']
  channel: TabsOptions['channel']
}

/** One credential's life: looked up, set, renewed, ended. */
export interface Session<T> extends Pick<StateHolder, 'state' | 'tell' | 'subscribe'> {
  /** Resolves when the stored credential has been looked up, found or not. */
  readonly ready: Promise<void>
  /** The credential if it is in memory and fresh: what a request takes without waiting. */
  current(): CredentialRecord | undefined
  /**
   * The same after the look-up, and after a refresh if it is about to end or a server has refused it;
   * `undefined` if there is none, or no other one. The signal ends the waiting, not what is waited for.
   */
  credential(signal: AbortSignal, refused?: CredentialRecord): Promise<CredentialRecord | undefined>
  set(token: T): Promise<void>
  refresh(): Promise<void>
  clear(): Promise<void>
  /** Gives back all listeners; whatever is still waited for rejects. */
  dispose(): void
  /** Throws once this was disposed of. */
  check(): void
}

export function createSession<T>(options: SessionOptions<T>): Session<T> {
  const { strategy, refresh, now, fail } = options
  const { persistent, perTab } = strategy.capabilities
  // Ended by a clear(), another user's sign-in and, for good, by dispose(): who waits for what was begun before
  // waits in vain. A refresh itself goes on, since the server may have spent the credential already.
  let era = new AbortController()
  const endEra = () => {
    if (era.signal.aborted) return
    era.abort(fail('ERR_SIGNED_OUT'))
    era = new AbortController()
  }

  const { mute, become, ...shown } = createState({ strategy: strategy.name, status: 'unknown', persistent })
  const { state } = shown
  const isRenewable = refresh !== nothingToRenewWith
  const holder = createHolder({ ...options, state, become, isRenewable, onGone: endEra })
  const { held, isNew, isOther, adopt, forget, degrade } = holder
  const ledger = createLedger(options)
  const { find, erase, transact } = ledger
  const isShared = !perTab
  // A hint that leads nowhere is no failure: what was missed is found when the credential is renewed.
  const onHint = (generation: number) => ready.then(() => look(generation)).catch(() => {})
  const { hint, isLeaving, leave } = createTabs({ ...options, isShared, onHint })
  const { renew: renewOnce, look } = createRenewal({
    ...options,
    ...shown,
    ...holder,
    ...ledger,
    hint,
    isLeaving,
    isShared,
  })
  let clears = 0

  const renewed = shared((spent, canWait) =>
    renewOnce(spent, canWait).catch((cause) => {
      const error = cause instanceof LatchkeyError ? cause : fail('ERR_REFRESH_FAILED', cause)
      if (held() === spent && !isLeaving()) degrade(error)
      throw error
    }),
  )
  const renew = (canWait: boolean) => {
    const spent = held()
    if (!spent) throw fail('ERR_SIGNED_OUT')
    return unlessAborted(renewed(spent, canWait), era.signal)
  }

  /** The highest number there ever was: the time is in it, since the ledger may have been deleted. */
  const after = ({ generation }: Generation, last: CredentialRecord | undefined) =>
    Math.max(generation + 1, numberOf(last) + 1, now())

  /** The line that a sign-in goes on with or begins; none if nobody knows yet what was there before. */
  const lineOf = ({ ended }: Generation, generation: number) => {
    if (state().status === 'unknown') return undefined
    return (!ended && held()?.line) || generation
  }

  const check = () => era.signal.throwIfAborted()
  const isOver = () => holder.msUntil(0) <= 0
  const msUntilDue = () => holder.msUntil(options.refreshBeforeSeconds)
  const current = () => (msUntilDue() > 0 ? held() : undefined)
  const fresh = async (refused?: CredentialRecord) => {
    const { signal } = era
    await ready
    for (let tries = TRIES; ; tries--) {
      signal.throwIfAborted()
      const before = held()
      const isRefused = before === refused
      if (!before || (isRefused && isNew())) return undefined
      if (!isRefused && (current() || !tries)) return refused && isOther(refused) ? undefined : before
      const canWait = !isRefused && !isOver()
      // A refresh that fails matters only if the credential is gone, was refused, or had ended.
      const matters = () => signal.aborted || (!canWait && (!held() || held() === refused || isOver()))
      if (isRenewable)
        await renew(canWait).catch((error) => {
          if (matters()) throw error
        })
      if (held() !== before || (canWait && isOver() && tries)) continue
      // On a page that is left nothing was tried.
      if (isOver() && !isLeaving()) forget('expired')
      return isRefused ? undefined : held()
    }
  }

  // What is set or cleared meanwhile wins. What can't be read is a signed-out start, said in its one event.
  const settle = (found?: CredentialRecord, error?: LatchkeyError) => {
    if (state().status !== 'unknown') return
    const hasEnded = found && !isRenewable && msUntil(0, found.expires_in, now() - found.receivedAt) <= 0
    if (found && !hasEnded) adopt(found, 'signed-in')
    else forget(found && 'expired', error)
  }
  const ready = find()
    .then(settle)
    .catch((error) => settle(undefined, error))
  const isKept = options.keepFresh && globalThis.document
  const stop = isKept ? keepFresh({ ...shown, msUntilDue, fresh: () => fresh() }) : () => {}
  return {
    ...shown,
    check,
    ready,
    current,
    async credential(signal, refused) {
      signal.throwIfAborted()
      return unlessAborted(fresh(refused), signal)
    },
    async set(token) {
      const received = strategy.receive(token, now())
      const before = clears
      const isCleared = () => {
        check()
        if (clears !== before) throw fail('ERR_SIGNED_OUT')
      }
      await transact(async (known, write) => {
        isCleared()
        const generation = after(known, held())
        const next = { ...received, generation, line: lineOf(known, generation) }
        await write({ generation }, next)
        hint(generation)
        isCleared()
        adopt(next, 'signed-in')
      })
    },
    async refresh() {
      await ready
      const before = held()
      await renew(false)
      if (held() === before) throw fail('ERR_NOT_REFRESHABLE')
    },
    async clear() {
      const last = held()
      clears += 1
      forget('cleared')
      // At once, whatever IndexedDB does, and again when no other tab can write any more.
      const erased = erase().catch(() => {})
      await transact(async (known, write) => {
        await erased
        const generation = after(known, last)
        return write({ generation, ended: 'cleared' }).finally(() => hint(generation))
      })
    },
    dispose() {
      mute()
      stop()
      leave()
      era.abort(fail('ERR_DISPOSED'))
    },
  }
}

const TRIES = 3

/** What stands for no `refresh`: a credential just ends. */
export async function nothingToRenewWith(): Promise<undefined> {}
