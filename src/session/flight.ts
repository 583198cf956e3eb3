import type { CredentialRecord } from '../types.js'
import { unlessAborted } from './clock.js'
import type { Renewal } from './renewal.js'

interface Flight {
  spent: CredentialRecord
  canWait: boolean
  outcome: Promise<void>
  /** Aborted when those who can do without it have waited long enough. */
  early: AbortSignal
}

/** One refresh for all who ask while it runs, as long as it is for the same credential and will wait as long. */
export function shared(renew: Renewal['renew']): Renewal['renew'] {
  let flight: Flight | undefined
  const depart = (spent: CredentialRecord, canWait: boolean) => {
    const outcome = renew(spent, canWait).finally(() => {
      if (flight?.outcome === outcome) flight = undefined
    })
    return { spent, canWait, outcome, early: AbortSignal.timeout(EARLY_MS) }
  }
  return (spent, canWait) => {
    if (flight?.spent !== spent || flight.canWait > canWait) flight = depart(spent, canWait)
    return canWait ? unlessAborted(flight.outcome, flight.early) : flight.outcome
  }
}

/** A credential that is still valid is renewed first, but not at any price. */
const EARLY_MS = 1000
