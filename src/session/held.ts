import type { LatchkeyError } from '../errors.js'
import { own } from '../options.js'
import type { Claims, CredentialRecord, LatchkeyEvent, LatchkeyState, SignOutReason } from '../types.js'
import { createStopwatch, msUntil, TOLERANCE_MS } from './clock.js'
import type { Era } from './era.js'
import type { Homes } from './homes.js'
import type { StateHolder } from './state.js'

export interface HolderOptions extends Pick<StateHolder, 'state' | 'become' | 'tell'> {
  homes: Pick<Homes<unknown>, 'name' | 'place' | 'readSubject'>
  subject: (credential: CredentialRecord) => string | undefined
  now: () => number
  isRenewable: () => boolean
  /** Ended when it was cleared, or is another user's: those who wait for it must not get the next one. */
  era: Pick<Era, 'end' | 'leave'>
}

/** Which tab has done something. */
type Tab = 'this-tab' | 'other-tab' | undefined

/** The credential in memory, and what the state says of it. */
export interface Holder {
  held(): CredentialRecord | undefined
  /** Milliseconds until there are no more than so many seconds left of it. */
  msUntil(seconds: number): number
  /** Whether it came from a refresh just now: if it is refused all the same, so would the next one be. */
  isNew(): boolean
  /** Aborted with the next change of the credential, and when it is cleared once more. */
  change(): AbortSignal
  /** Whether it is another user's, or may be: nobody knows, and it came by another sign-in. */
  isOther(credential: CredentialRecord): boolean
  /** Whether what is written beside it names another user than before. */
  isTaken(): boolean
  adopt(next: CredentialRecord, happened?: 'signed-in' | 'refreshed', by?: Tab): void
  /** The same credential, of which it is known now whose it is. */
  name(claims: Claims): void
  /** The same credential in another place. */
  move(next: CredentialRecord): void
  forget(reason?: SignOutReason, by?: Tab, error?: LatchkeyError): void
  degrade(error: LatchkeyError): void
}

const COOL_DOWN_SECONDS = 10
const FOREVER_MS = 1e15

export function createHolder(options: HolderOptions): Holder {
  const { homes, now, isRenewable, state, become, tell, era } = options
  let held: CredentialRecord | undefined
  let change = new AbortController()
  let passed = () => 0
  let isRenewed = false
  let marked: string | undefined
  /** Whose it was said to be, until another user's or none is there. */
  let who: string | undefined
  /** The sign-in that was there before there was none. */
  let left: { line: number | undefined } | undefined

  /** A credential from the future: the clock was set back and its age is unknown, so it is renewed if it can be. */
  const ageOf = ({ receivedAt }: CredentialRecord) => {
    const age = now() - receivedAt
    return age < -TOLERANCE_MS && isRenewable() ? FOREVER_MS : Math.max(age, 0)
  }
  const subject = (credential: CredentialRecord) =>
    homes.readSubject(credential) ?? options.subject(credential)
  /** What is written beside it may come later than itself. */
  const isMarkedOther = (credential: CredentialRecord) => {
    const mark = homes.readSubject(credential)
    marked ||= mark
    return Boolean(mark) && mark !== marked
  }
  const isOther = (credential: CredentialRecord) => {
    const [before, other] = [who, subject(credential)]
    if (before && other) return before !== other
    return Boolean(held?.line && credential.line) && held?.line !== credential.line
  }
  const changed = () => {
    change.abort()
    change = new AbortController()
  }
  const hold = (next: CredentialRecord) => {
    marked = homes.readSubject(next)
    held = own(next)
    changed()
    return held
  }
  /** Tells what is known of it, over what was said before. */
  const show = (of: CredentialRecord, before: Partial<LatchkeyState>, event: LatchkeyEvent) => {
    const { claims, receivedAt, expires_in, strategy, place: storage = homes.place() } = of
    const expiresAt = expires_in && receivedAt + expires_in * 1000
    const whose = subject(of)
    who = whose ?? who
    const name = strategy ? strategy.name : homes.name()
    const { persistent } = storage
    become(
      {
        ...before,
        claims,
        subject: whose,
        receivedAt: receivedAt || undefined,
        expiresAt,
        strategy: name,
        storage,
        persistent,
      },
      event,
    )
  }
  return {
    held: () => held,
    isTaken: () => held !== undefined && isMarkedOther(held),
    change: () => change.signal,
    msUntil: (seconds) => msUntil(seconds, held?.expires_in, passed()),
    isNew: () =>
      isRenewed && passed() < Math.min(COOL_DOWN_SECONDS, (held?.expires_in ?? Infinity) / 2) * 1000,
    isOther,
    adopt(next, happened = held ? 'refreshed' : 'signed-in', by) {
      const before = state()
      const isOthers = isMarkedOther(next) || isOther(next)
      const isAnother = left !== undefined && (left.line === undefined || left.line !== next.line)
      isRenewed = happened === 'refreshed'
      // What the server said of the user is in no store: another tab's refresh does not bring it.
      const isSame = isRenewed && !isOthers && held?.line !== undefined && held.line === next.line
      const claims = next.claims ?? (isSame ? held?.claims : undefined)
      left = undefined
      if (isOthers) who = undefined
      const holding = hold({ ...next, claims })
      passed = createStopwatch(now, ageOf(holding))
      if (isOthers) era.leave()
      if (isOthers || isAnother) era.end()
      const type = isRenewed && before.status === 'degraded' ? 'recovered' : happened
      show(holding, { status: 'signed-in' }, { type: isOthers ? 'user-changed' : type, by })
      const { storage, strategy } = state()
      const isElsewhere = storage.name !== before.storage.name || strategy !== before.strategy
      if (storage.error && isElsewhere) tell({ type: 'storage-fallback', error: storage.error, storage })
    },
    move(next) {
      show(hold({ ...next, claims: next.claims ?? held?.claims }), state(), { type: 'migrated' })
    },
    name(claims) {
      // The same object: a refresh that is under way looks whether it is still that one.
      if (held) show(Object.assign(held, { claims }), state(), { type: 'identified' })
    },
    forget(reason, by, error) {
      if (held) {
        left = { line: held.line }
        era.leave()
      }
      held = marked = who = undefined
      changed()
      if (/cleared|other-tab|idle/.test(`${reason}`)) era.end()
      if (state().status !== 'signed-out')
        become({ status: 'signed-out', reason }, { type: 'signed-out', by, error })
    },
    degrade(error) {
      const { retryAt } = error
      if (state().status === 'degraded' && state().retryAt === retryAt) return
      become({ ...state(), status: 'degraded', retryAt }, { type: 'degraded', error })
    },
  }
}

/** The credential's number in the ledger; 0 if nobody who keeps one has written it. */
export function numberOf(credential: CredentialRecord | undefined): number {
  return credential?.generation ?? 0
}
