import { causedBy, type LatchkeyError } from '../errors.js'
import type { CredentialRecord, Refresh, SignOutReason } from '../types.js'
import { endsWithin, unlessAborted } from './clock.js'
import { createKeeper, type KeeperOptions } from './keeper.js'
import { createState, type StateHolder } from './state.js'

export interface SessionOptions<T> extends KeeperOptions<T> {
  refresh: Refresh<T>
  subject: (credential: CredentialRecord) => string | undefined
  refreshTimeoutSeconds: number
  refreshBeforeSeconds: number
  now: () => number
  fetch: (request: Request) => Promise<Response>
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
  const { name, capabilities } = strategy
  const { persistent } = capabilities
  const { become, mute, ...shown } = createState({ strategy: name, status: 'unknown', persistent })
  const { state } = shown
  const { find, save, erase } = createKeeper(options)
  let held: CredentialRecord | undefined
  let renewal: Promise<void> | undefined
  let renewing: CredentialRecord | undefined
  // Aborted by clear(), and for good by dispose(): who waits for what was begun before waits in vain. A refresh
  // itself goes on: the server may have spent the credential already.
  let era = new AbortController()

  const adopt = (next: CredentialRecord, happened: 'signed-in' | 'refreshed') => {
    const { claims, receivedAt, expires_in } = next
    const subject = options.subject(next)
    const { status, subject: before } = state()
    const type = status === 'degraded' && happened === 'refreshed' ? 'recovered' : happened
    const isOther = before && subject && before !== subject
    const expiresAt = expires_in && receivedAt + expires_in * 1000
    held = next
    become({ status: 'signed-in', claims, subject, expiresAt }, { type: isOther ? 'user-changed' : type })
  }
  const forget = (reason?: SignOutReason, error?: LatchkeyError) => {
    held = undefined
    if (state().status === 'signed-out') return
    become({ status: 'signed-out', reason }, { type: 'signed-out', error })
  }

  const replace = async (answer: T, { refresh_token }: CredentialRecord) => {
    // RFC 6749 s. 6: a refresh token that the answer leaves out stays as it was.
    const received = strategy.receive(answer, now())
    const next = { ...received, refresh_token: received.refresh_token ?? refresh_token }
    // In use even if it can't be stored, since the old one is spent; found there again, it would be spent twice.
    adopt(next, 'refreshed')
    await save(next, () => held === next).catch((error) => {
      shown.tell({ type: 'storage-fallback', error })
      return erase(() => held === next)
    })
  }
  /** The server has ended the session of this credential; another tab may have a newer one. */
  const end = async (spent: CredentialRecord) => {
    const found = await find().catch(() => spent)
    if (held !== spent) return
    if (found && found.access_token !== spent.access_token) return adopt(found, 'refreshed')
    forget('refresh-rejected')
    await erase(() => !held)
  }
  const renewOnce = async (spent: CredentialRecord | undefined) => {
    if (!spent) throw fail('ERR_SIGNED_OUT')
    try {
      const { fetch, refreshTimeoutSeconds } = options
      const signal = AbortSignal.timeout(refreshTimeoutSeconds * 1000)
      const answer = await unlessAborted(refresh({ credential: spent, signal, fetch }), signal)
      // Set or cleared meanwhile: that was the app's decision, and newer.
      if (held !== spent || answer === undefined) return
      await (answer === null ? end(spent) : replace(answer, spent))
    } catch (cause) {
      const error = causedBy(cause, 'ERR_REFRESH_FAILED', fail)
      const isNews = held === spent && state().status !== 'degraded'
      if (isNews) become({ ...state(), status: 'degraded' }, { type: 'degraded', error })
      throw error
    }
  }
  /** Once for all who ask while it runs, as long as it is for the same credential. */
  const renew = () => {
    const spent = held
    if (!renewal || spent !== renewing) {
      renewing = spent
      renewal = renewOnce(spent).finally(() => {
        if (spent === renewing) renewal = undefined
      })
    }
    return unlessAborted(renewal, era.signal)
  }

  const check = () => era.signal.throwIfAborted()
  const endsIn = (seconds: number) => held && endsWithin(seconds, held, now())
  const current = () => (endsIn(options.refreshBeforeSeconds) ? undefined : held)
  const fresh = async (refused?: CredentialRecord) => {
    await ready
    check()
    if (refused ? held !== refused : !held || current()) return held
    await renew().catch((error) => {
      // A refresh that fails matters only if the credential is gone, was refused, or has ended.
      if (!held || held === refused || endsIn(0)) throw error
    })
    if (endsIn(0)) forget('expired')
    return held === refused ? undefined : held
  }

  // What is set or cleared meanwhile wins. What can't be read is a signed-out start, said in its one event.
  const settle = (found?: CredentialRecord, error?: LatchkeyError) => {
    if (state().status !== 'unknown') return
    const isOver = found && refresh === nothingToRenewWith && endsWithin(0, found, now())
    if (found && !isOver) adopt(found, 'signed-in')
    else forget(found && 'expired', error)
  }
  const ready = find()
    .then(settle)
    .catch((error) => settle(undefined, error))
  return {
    ...shown,
    check,
    ready,
    current,
    credential: (signal, refused) => unlessAborted(fresh(refused), signal),
    async set(token) {
      const next = strategy.receive(token, now())
      const { signal } = era
      await save(next)
      signal.throwIfAborted()
      adopt(next, 'signed-in')
    },
    async refresh() {
      await ready
      const before = held
      await renew()
      if (held === before) throw fail('ERR_NOT_REFRESHABLE')
    },
    clear() {
      era.abort(fail('ERR_SIGNED_OUT'))
      era = new AbortController()
      forget('cleared')
      return erase()
    },
    dispose() {
      mute()
      era.abort(fail('ERR_DISPOSED'))
    },
  }
}

/** What stands for no `refresh`: a credential just ends. */
export async function nothingToRenewWith(): Promise<undefined> {}
