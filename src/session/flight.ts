import type { CredentialRecord } from '../types.js'
import type { Renewal } from './renewal.js'

/** One refresh for all who ask while it runs, as long as it is for the same credential and will wait as long. */
export function shared(renew: Renewal['renew']): Renewal['renew'] {
  let flight: { spent: CredentialRecord; canWait: boolean; outcome: Promise<void> } | undefined
  return (spent, canWait) => {
    if (flight?.spent === spent && flight.canWait <= canWait) return flight.outcome
    const outcome = renew(spent, canWait).finally(() => {
      if (flight?.outcome === outcome) flight = undefined
    })
    flight = { spent, canWait, outcome }
    return outcome
  }
}
