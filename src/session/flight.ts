import type { CredentialRecord } from '../types.js'
import { inTime, unlessAborted } from '../unless-aborted.js'
import type { Era } from './era.js'
import type { Renewal } from './renewal.js'

interface Flight {
  spent: CredentialRecord
  canWait: boolean
  /** For all who wait, since each listener of their own on a signal they share would cost as much as there are. */
  outcome: Promise<void>
  /** The same for those who can do without it, and have waited long enough. */
  early: Promise<void>
}

export interface Flights {
  /** One refresh for all who ask while it runs, as long as it is for the same credential and will wait as long. */
  board: Renewal['renew']
  /** Whether one is running. */
  isFlying(): boolean
  /** Resolves when those that are running now have ended. */
  landed(): Promise<unknown>
}

/** @param era of the credential: a credential is another object in the next one, and so is its flight */
export function createFlights(renew: Renewal['renew'], era: Pick<Era, 'signal'>): Flights {
  const flying = new Set<Promise<void>>()
  let flight: Flight | undefined
  const depart = (spent: CredentialRecord, canWait: boolean): Flight => {
    const landing = renew(spent, canWait).finally(() => {
      flying.delete(landing)
      if (flight === departed) flight = undefined
    })
    flying.add(landing)
    const outcome = unlessAborted(landing, era.signal())
    const early = inTime(EARLY_SECONDS, () => outcome)
    // Perhaps nobody waits for this one.
    early.catch(() => {})
    const departed = { spent, canWait, outcome, early }
    return departed
  }
  return {
    board(spent, canWait) {
      if (flight?.spent !== spent || flight.canWait > canWait) flight = depart(spent, canWait)
      return canWait ? flight.early : flight.outcome
    },
    isFlying: () => flying.size > 0,
    landed: () => Promise.allSettled(flying),
  }
}

/** A credential that is still valid is renewed first, but not at any price. */
const EARLY_SECONDS = 1
