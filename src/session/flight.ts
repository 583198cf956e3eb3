import type { CredentialRecord } from '../types.js'
import { unlessAborted } from '../unless-aborted.js'
import type { Renewal } from './renewal.js'

interface Flight {
  spent: CredentialRecord
  canWait: boolean
  outcome: Promise<void>
  /** Aborted when those who can do without it have waited long enough. */
  early: AbortSignal
}

export interface Flights {
  /** One refresh for all who ask while it runs, as long as it is for the same credential and will wait as long. */
  board: Renewal['renew']
  /** Whether one is running. */
  isFlying(): boolean
  /** Resolves when those that are running now have ended. */
  landed(): Promise<unknown>
}

export function createFlights(renew: Renewal['renew']): Flights {
  const flying = new Set<Promise<void>>()
  let flight: Flight | undefined
  const depart = (spent: CredentialRecord, canWait: boolean) => {
    const outcome = renew(spent, canWait).finally(() => {
      flying.delete(outcome)
      if (flight?.outcome === outcome) flight = undefined
    })
    flying.add(outcome)
    return { spent, canWait, outcome, early: AbortSignal.timeout(EARLY_MS) }
  }
  return {
    board(spent, canWait) {
      if (flight?.spent !== spent || flight.canWait > canWait) flight = depart(spent, canWait)
      return canWait ? unlessAborted(flight.outcome, flight.early) : flight.outcome
    },
    isFlying: () => flying.size > 0,
    landed: () => Promise.allSettled(flying),
  }
}

/** A credential that is still valid is renewed first, but not at any price. */
const EARLY_MS = 1000
