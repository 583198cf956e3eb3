import type { LatchkeyError } from '../errors.js'
import type { CredentialRecord, Place } from '../types.js'
import { msUntil } from './clock.js'
import type { Holder } from './held.js'
import type { Idle } from './idle.js'
import type { Move } from './move.js'
import type { StateHolder } from './state.js'

export interface LookUpOptions extends Holder, Pick<Move, 'start'>, Pick<StateHolder, 'state' | 'become'> {
  idle: Idle
  now: () => number
  isRenewable: boolean
  end: (reason: 'idle') => Promise<void>
}

/** Looks for the stored credential. What is set or cleared meanwhile wins. */
export async function lookUp(options: LookUpOptions): Promise<void> {
  const { idle, now, isRenewable, state, become, held, adopt, forget, start, end } = options
  let told: Place | undefined
  const onPlace = (place: Place) => {
    told = place
  }
  const settle = async (found?: CredentialRecord) => {
    if (found) await idle.look(found)
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
  await start(onPlace).then(settle).catch(failed)
  if (!told?.error || told.name === state().storage.name || held()) return
  const { error, persistent } = told
  become({ ...state(), storage: told, persistent }, { type: 'storage-fallback', error, storage: told })
}
