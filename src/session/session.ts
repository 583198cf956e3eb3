import type { Fail } from '../errors.js'
import type { Ask, CredentialRecord, Refresh, Strategy } from '../types.js'
import { unlessAborted } from '../unless-aborted.js'
import { createEra, type Signals } from './era.js'
import { createFresh } from './fresh.js'
import { createHolder, type Holder, numberOf } from './held.js'
import { createIdle } from './idle.js'
import { keepFresh } from './keep-fresh.js'
import { createLedger, type LedgerOptions } from './ledger.js'
import type { LockOptions } from './lock.js'
import { lookUp, type Mover } from './look-up.js'
import { createProbe } from './probe.js'
import { createRenewal } from './renewal.js'
import { after, createSignIn } from './sign-in.js'
import { soon } from './soon.js'
import { createState, type StateHolder } from './state.js'
import { createTabs, type TabsOptions } from './tabs.js'

export interface SessionOptions<T> extends Omit<LedgerOptions<T>, 'isShared'> {
  refresh: Refresh<T>
  ask: Ask
  refreshTimeoutSeconds: number
  refreshBeforeSeconds: number
  idleTimeoutSeconds: number
  subject: (credential: CredentialRecord) => string | undefined
  keepFresh: boolean
  now: () => number
  fetch: (request: Request) => Promise<Response>
  fail: Fail
  locks?: LockOptions['locks']
  channel: TabsOptions['channel']
}

/** One credential's life: looked up, set, renewed, ended. */
export interface Session<T> extends Pick<StateHolder, 'state' | 'tell' | 'subscribe'>, Signals {
  /** Resolves when the stored credential has been looked up, found or not. */
  readonly ready: Promise<void>
  /** The credential if it is in memory and fresh: what a request takes without waiting. */
  current(): CredentialRecord | undefined
  /**
   * The same after the look-up, and after a refresh if it is about to end or a server has refused it;
   * `undefined` if there is none, or no other one. The signal ends the waiting, not what is waited for.
   */
  credential(signal: AbortSignal, refused?: CredentialRecord): Promise<CredentialRecord | undefined>
  /**
   * The same if it is still the same user's, as far as the store, the other tabs and the server can say.
   * @throws {@link LatchkeyError} `ERR_SIGNED_OUT` if not
   */
  confirmed(signal: AbortSignal, credential: CredentialRecord): Promise<CredentialRecord>
  /** Something is sent with it. */
  touch(): void
  set(token: T): Promise<void>
  /** Makes another strategy the present one. */
  migrate(next: Strategy<never>): Promise<void>
  refresh(): Promise<void>
  clear(): Promise<void>
  /** Gives back all listeners; whatever is still waited for rejects. */
  dispose(): void
  /** Throws once this was disposed of. */
  check(): void
}

export function createSession<T>(options: SessionOptions<T>): Session<T> {
  const { homes, ask, now, fail } = options
  const era = createEra(fail)
  const check = () => era.signal().throwIfAborted()

  const { mute, become, ...shown } = createState(() => {
    const storage = homes.place()
    return { strategy: homes.name(), status: 'unknown', storage, persistent: storage.persistent }
  })
  const bringsAnother = options.refresh !== nothingToRenewWith
  const canProbe = () => homes.canProbe(held())
  const isRenewable = () => bringsAnother || canProbe()
  const refresh: Refresh<T> = bringsAnother
    ? options.refresh
    : async ({ signal }) => (canProbe() ? homes.probe({ fetch: ask, signal }) : undefined)
  const holder = createHolder({ ...options, ...shown, become, isRenewable, era })
  const { held, forget } = holder
  const adopt: Holder['adopt'] = (next, happened) => {
    holder.adopt(next, happened)
    probe.introduce(happened === 'signed-in')
  }
  // What an earlier strategy keeps may be all tabs', whatever the present one does.
  const isShared = () => !(held()?.strategy?.capabilities ?? homes.capabilities()).perTab
  const ledger = createLedger({ ...options, isShared })
  const { erase, transact } = ledger
  // A hint that leads nowhere is no failure: what was missed is found when the credential is renewed.
  const onHint = soon(async (generation, isOld) => {
    await lookedUp
    await look(generation, isOld)
    await checked()
    // That it was said at all is what is known of the other tab's activity.
    if (ledger.isBlind() && Number.isFinite(generation)) idle.heard()
    await idle.check()
    await probe.retry()
  })
  const { join, hint, isLeaving, leave } = createTabs({ ...options, ...ledger, isShared, onHint })
  const parts = {
    ...options,
    ...shown,
    ...holder,
    ...ledger,
    adopt,
    refresh,
    isRenewable,
    isShared,
    hint,
    isLeaving,
  }
  const { renew: renewOnce, look } = createRenewal(parts)
  let clears = 0
  const clearsFromNow = () => {
    const before = clears
    return () => {
      check()
      if (clears !== before) throw fail('ERR_SIGNED_OUT')
    }
  }

  const end = async (ended: 'cleared' | 'idle') => {
    const last = held()
    clears += 1
    forget(ended)
    // At once, whatever IndexedDB does, and again when no other tab can write any more.
    const erased = erase().catch(() => {})
    await transact(async (known, write) => {
      await erased
      const generation = after(known, last, now())
      return write({ generation, ended }).finally(() => hint(generation))
    })
  }
  const idle = createIdle({
    ...parts,
    onActive: () => hint(numberOf(held())),
    onIdle: () => end('idle').catch(() => {}),
  })

  const { msUntilDue, current, fresh, confirmed, checked, renew, ...flights } = createFresh({
    ...parts,
    idle,
    renew: renewOnce,
    bringsAnother,
    isReady: () => lookedUp,
    era,
    look,
    identify: () => probe.identify(),
  })
  const moving = { ...parts, ...flights, become }
  const mover = (seconds: number): Promise<Mover> =>
    unlessAborted(import('./move.js'), AbortSignal.timeout(seconds * 1000))
  const signIn = createSignIn({ ...parts, clearsFromNow, touch: idle.touch })
  const probe = createProbe({ ...parts, ...signIn, canProbe, renew, check })
  const lookedUp = lookUp({
    ...moving,
    ...probe,
    canProbe,
    idle,
    end,
    mover: () => mover(options.storageTimeoutSeconds),
  })
  const ready = lookedUp.then((conclude) => {
    join()
    return conclude().then(probe.concluded)
  })
  const isKept = options.keepFresh && globalThis.document
  const stop = isKept ? keepFresh({ ...shown, msUntilDue, fresh: () => fresh() }) : () => {}
  return {
    ...shown,
    check,
    ready,
    current,
    touch: idle.touch,
    async credential(signal, refused) {
      signal.throwIfAborted()
      return unlessAborted(fresh(refused), signal)
    },
    signal: era.signal,
    presence: era.presence,
    async confirmed(signal, credential) {
      return unlessAborted(confirmed(credential), signal)
    },
    set: signIn.set,
    async migrate(next) {
      await ready
      const checkClears = clearsFromNow()
      const { migrate } = await mover(options.refreshTimeoutSeconds).catch((cause) => {
        throw fail('ERR_CONNECTION_FAILED', cause)
      })
      await migrate(moving, next, checkClears).finally(join)
    },
    async refresh() {
      await ready
      await checked()
      const before = held()
      if (!before) await probe.discover()
      if (!before && held()) return
      await renew(false)
      if (held() === before) throw fail('ERR_NOT_REFRESHABLE')
    },
    clear: () => end('cleared'),
    dispose() {
      mute()
      stop()
      idle.stop()
      leave()
      era.close()
    },
  }
}

/** What stands for no `refresh`: a credential just ends. */
export async function nothingToRenewWith(): Promise<undefined> {}
