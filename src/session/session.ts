import type { Fail } from '../errors.js'
import { loaded } from '../load.js'
import type { Ask, CredentialRecord, Refresh, Strategy } from '../types.js'
import { unlessAborted } from '../unless-aborted.js'
import { createAlarm } from './alarm.js'
import { createEra, type Signals } from './era.js'
import { createFresh } from './fresh.js'
import { createHolder, type Holder, numberOf } from './held.js'
import { createIdle } from './idle.js'
import { createLedger, type LedgerOptions } from './ledger.js'
import type { LockOptions } from './lock.js'
import { lookUp } from './look-up.js'
import { createProber } from './prober.js'
import { createRenewal } from './renewal.js'
import { createSignIn } from './sign-in.js'
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
export interface Session<T> extends Omit<StateHolder, 'become' | 'mute'>, Pick<Holder, 'held'>, Signals {
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
  const { homes, ask, fail } = options
  const era = createEra(fail)
  const check = () => era.signal().throwIfAborted()

  const { mute, become, ...shown } = createState(() => {
    const storage = homes.place()
    return { strategy: homes.name(), status: 'unknown', storage, persistent: storage.persistent }
  })
  const bringsAnother = options.refresh !== nothingToRenewWith
  const probe = () => homes.probe(held())
  const canProbe = () => probe() !== undefined
  const isRenewable = () => bringsAnother || canProbe()
  const refresh: Refresh<T> = bringsAnother
    ? options.refresh
    : async ({ signal }) => probe()?.({ fetch: ask, signal })
  const holder = createHolder({ ...options, ...shown, become, isRenewable, era })
  const { held, change } = holder
  const adopt: Holder['adopt'] = (next, happened, by) => {
    holder.adopt(next, happened, by)
    introduce(happened === 'signed-in')
  }
  // What an earlier strategy keeps may be all tabs', whatever the present one does.
  const isShared = () => !homes.strategyOf(held()).capabilities.perTab
  const ledger = createLedger({ ...options, isShared })
  // A hint that leads nowhere is no failure: what was missed is found when the credential is renewed.
  const onHint = soon(async (generation, isOld) => {
    setAlarm()
    await lookedUp
    await look(generation, isOld)
    await checked()
    // That it was said at all is what is known of the other tab's activity.
    if (ledger.isBlind() && Number.isFinite(generation)) idle.heard()
    await idle.check()
    await (await prober())?.retry(unaskedSince)
  })
  const { join, hint, isLeaving, leave } = createTabs({ ...options, ...ledger, isShared, onHint })
  const answers = { refresh, isRenewable, isShared, hint, isLeaving }
  const parts = { ...options, ...shown, ...holder, ...ledger, ...answers, adopt }
  const { renew: renewOnce, look } = createRenewal(parts)
  const { set, noted, end, clearsFromNow } = createSignIn({ ...parts, check, touch: () => idle.touch() })
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
    identify: async () => (await prober())?.identify(),
  })
  const { prober, introduce } = createProber({
    ...parts,
    noted,
    probe,
    renew,
    check,
    clearsFromNow,
    touch: idle.touch,
    era,
  })
  /** The start's end, if the server can be asked: what it has not said until then may be asked once more. */
  let unaskedSince: AbortSignal | undefined
  const discover = async () => (await prober())?.discover()
  const mover = (refreshTimeoutSeconds: number) =>
    loaded(import('./move.js'), era.signal(), { refreshTimeoutSeconds, fail })
  const moving = { ...parts, ...flights, become }
  const lookedUp = lookUp({
    ...moving,
    canProbe,
    discover,
    idle,
    end,
    mover: () => mover(options.storageTimeoutSeconds),
  })
  const ready = lookedUp.then(async (conclude) => {
    join()
    await conclude()
    if (canProbe() && !shown.state().reason) unaskedSince = change()
  })
  const setAlarm = createAlarm({ ...parts, idle, msUntilDue, fresh: () => fresh() })
  return {
    ...shown,
    check,
    ready,
    held,
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
    set,
    async migrate(next) {
      await ready
      const checkClears = clearsFromNow()
      const { migrate } = await mover(options.refreshTimeoutSeconds)
      await migrate(moving, next, checkClears).finally(join)
      introduce(false)
    },
    async refresh() {
      await ready
      await checked()
      const before = held()
      if (!before) await discover()
      if (!before && held()) return
      await renew(false)
      if (held() === before) throw fail('ERR_NOT_REFRESHABLE')
    },
    clear: () => end('cleared'),
    dispose() {
      mute()
      leave()
      setAlarm()
      era.close()
    },
  }
}

/** What stands for no `refresh`: a credential just ends. */
export async function nothingToRenewWith(): Promise<undefined> {}
