import type { LatchkeyError } from '../errors.js'
import { own } from '../options.js'
import type { Claims, CredentialRecord, SignOutReason } from '../types.js'
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

/** The credential in memory, and what the state says of it. */
export interface Holder {
  held(): CredentialRecord | undefined
  /** Milliseconds until there are no more than so many seconds left of it. */
  msUntil(seconds: number): number
  /** Whether it came from a refresh just now: if it is refused all the same, so would the next one be. */
  isNew(): boolean
  /** Changes with each change of the credential, and when it is cleared once more. */
  turn(): number
  /** Whether it is another user's, or may be: nobody knows, and it came by another sign-in. */
  isOther(credential: CredentialRecord): boolean
  /** Whether what is written beside it names another user than before. */
  isTaken(): boolean
  adopt(next: CredentialRecord, happened?: 'signed-in' | 'refreshed'): void
  /** The same credential, of which it is known now whose it is. */
  name(claims: Claims): void
  /** The same credential in another place. */
  move(next: CredentialRecord): void
  forget(reason?: SignOutReason, error?: LatchkeyError): void
  degrade(error: LatchkeyError): void
}

const COOL_DOWN_SECONDS = 10
const FOREVER_MS = 1e15

export function createHolder(options: HolderOptions): Holder {
  const { homes, now, isRenewable, state, become, tell, era } = options
  let held: CredentialRecord | undefined
  let turn = 0
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
    const now = homes.readSubject(credential)
    const isChanged = Boolean(marked && now) && marked !== now
    marked ||= now
    return isChanged
  }
  const isOther = (credential: CredentialRecord) => {
    const [before, other] = [who, subject(credential)]
    if (before && other) return before !== other
    return Boolean(held?.line && credential.line) && held?.line !== credential.line
  }
  return {
    held: () => held,
    isTaken: () => held !== undefined && isMarkedOther(held),
    turn: () => turn,
    msUntil: (seconds) => msUntil(seconds, held?.expires_in, passed()),
    isNew: () =>
      isRenewed && passed() < Math.min(COOL_DOWN_SECONDS, (held?.expires_in ?? Infinity) / 2) * 1000,
    isOther,
    adopt(next, happened = held ? 'refreshed' : 'signed-in') {
      const isOthers = isMarkedOther(next) || isOther(next)
      // What the server said of the user is in no store: another tab's refresh does not bring it.
      const isSame = held?.line !== undefined && held.line === next.line && !isOthers
      const claims = isSame && happened === 'refreshed' ? held?.claims : undefined
      held = own({ ...next, claims: next.claims ?? claims })
      who = subject(held) ?? (isOthers ? undefined : who)
      turn += 1
      marked = homes.readSubject(held)
      passed = createStopwatch(now, ageOf(held))
      isRenewed = happened === 'refreshed'
      const type = isRenewed && state().status === 'degraded' ? 'recovered' : happened
      const { receivedAt, expires_in, place: storage = homes.place() } = held
      const { error, name, persistent } = storage
      const { name: strategy } = held.strategy ?? { name: homes.name() }
      const before = state()
      const isNews = error && (name !== before.storage.name || strategy !== before.strategy)
      const isAnother = left !== undefined && (left.line === undefined || left.line !== held.line)
      left = undefined
      if (isOthers) era.leave()
      if (isOthers || isAnother) era.end()
      const expiresAt = expires_in && receivedAt + expires_in * 1000
      const known = { claims: held.claims, subject: subject(held), expiresAt, strategy, storage, persistent }
      become({ status: 'signed-in', ...known }, { type: isOthers ? 'user-changed' : type })
      if (isNews) tell({ type: 'storage-fallback', error, storage })
    },
    move(next) {
      held = own(next)
      marked = homes.readSubject(held)
      turn += 1
      const { strategy, place: storage = homes.place() } = held
      const { persistent } = storage
      become(
        { ...state(), strategy: strategy?.name ?? homes.name(), storage, persistent },
        { type: 'migrated' },
      )
    },
    name(claims) {
      if (!held) return
      // The same object: a refresh that is under way looks whether it is still that one.
      Object.assign(held, { claims })
      who = subject(held) ?? who
      become({ ...state(), claims, subject: subject(held) }, { type: 'identified' })
    },
    forget(reason, error) {
      if (held) era.leave()
      if (held) left = { line: held.line }
      held = marked = who = undefined
      turn += 1
      if (/cleared|other-tab|idle/.test(`${reason}`)) era.end()
      if (state().status !== 'signed-out')
        become({ status: 'signed-out', reason }, { type: 'signed-out', error })
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
