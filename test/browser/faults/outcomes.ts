import type { LatchkeyErrorCode, Status } from '../../../src/index.js'

/** Which credential: the one from before the fault, the one that `set` took during it, or none. */
type Which = 'old' | 'new' | 'none' | 'something else'

/** What the calls of one instance end in, in this order. */
export interface Outcome {
  /** What `ready()` finds; an error is the one in the event of a signed-out start. */
  start: 'signed-in' | 'signed-out' | LatchkeyErrorCode
  set: 'fulfilled' | LatchkeyErrorCode
  /** What the state says after that. */
  status: Status
  /** What rests in the store then. */
  rests: Which
  /** What a request carries then. */
  sent: Which
  /** `in memory`: in use, not stored, and an event says so. */
  refresh: 'stored' | 'in memory' | LatchkeyErrorCode
  clear: 'fulfilled' | LatchkeyErrorCode
  /** What rests in the store at the end. */
  left: Which
}

/** Nobody notices anything. */
export const unharmed: Outcome = {
  start: 'signed-in',
  set: 'fulfilled',
  status: 'signed-in',
  rests: 'new',
  sent: 'new',
  refresh: 'stored',
  clear: 'fulfilled',
  left: 'none',
}

/** What was there is gone, which is no error, and the next sign-in works. */
export const gone: Outcome = { ...unharmed, start: 'signed-out' }

/** What was there can't be used, which one event says, and the next sign-in works. */
export const replaced: Outcome = { ...unharmed, start: 'ERR_STORED_MALFORMED' }

/** The store can't be used at all: signed out, not broken. */
export const unusable: Outcome = {
  start: 'ERR_STORAGE_FAILED',
  set: 'ERR_STORAGE_FAILED',
  status: 'signed-out',
  rests: 'old',
  sent: 'none',
  refresh: 'ERR_SIGNED_OUT',
  clear: 'ERR_STORAGE_FAILED',
  left: 'old',
}

/** What is there stays, nothing else can be stored, and a spent credential is not left behind. */
export const unwritable: Outcome = {
  ...unharmed,
  set: 'ERR_STORAGE_FAILED',
  rests: 'old',
  sent: 'old',
  refresh: 'in memory',
}

/** The same for a page that was signed in before the fault: it goes on with what it has in memory. */
export function livingOn(outcome: Outcome): Outcome {
  const { sent, refresh } = outcome
  return {
    ...outcome,
    start: 'signed-in',
    status: 'signed-in',
    sent: sent === 'none' ? 'old' : sent,
    refresh: refresh === 'ERR_SIGNED_OUT' ? 'in memory' : refresh,
  }
}
