import type { LatchkeyError } from '../errors.js'
import type { CredentialRecord, Place } from '../types.js'
import { msUntil } from './clock.js'
import { type Holder, numberOf } from './held.js'
import type { Homes } from './homes.js'
import type { Idle } from './idle.js'
import type { Generation, Ledger } from './ledger.js'
import type { StateHolder } from './state.js'

export interface LookUpOptions extends Holder, Ledger, Pick<StateHolder, 'state' | 'become'> {
  homes: Homes<never>
  idle: Idle
  now: () => number
  isRenewable: boolean
  end: (reason: 'idle') => Promise<void>
}

/** Looks for the stored credential and moves what an earlier strategy has. What is set or cleared meanwhile wins. */
export async function lookUp(options: LookUpOptions): Promise<void> {
  const { homes, idle, now, isRenewable, state, become, held, adopt, forget, stored, find, transact, end } =
    options
  let told: Place | undefined
  const onPlace = (place: Place) => {
    told = place
  }
  const moved = (known: Generation) =>
    stored(async (at) => {
      const found = await homes.move(at, onPlace)
      // An earlier version that has ended it knows of its own place alone.
      if (!known.ended || known.generation <= numberOf(found)) return found
      return homes.clear(at).then(() => undefined)
    })
  const settle = async (found?: CredentialRecord) => {
    if (found) await idle.look()
    if (state().status !== 'unknown') return
    const hasEnded = found && !isRenewable && msUntil(0, found.expires_in, now() - found.receivedAt) <= 0
    if (found && idle.isOver()) await end('idle').catch(() => {})
    else if (found && !hasEnded) adopt(found, 'signed-in')
    else forget(found && 'expired')
  }
  // What can't be read is a signed-out start, said in its one event.
  const failed = (error: LatchkeyError) => {
    if (state().status === 'unknown') forget(undefined, error)
  }
  await (homes.isMoving() ? transact(moved) : find(onPlace)).then(settle).catch(failed)
  if (!told?.error || held()) return
  const { error, persistent } = told
  become({ ...state(), storage: told, persistent }, { type: 'storage-fallback', error, storage: told })
}
