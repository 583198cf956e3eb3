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
  isRenewable: () => boolean
  canProbe: () => boolean
  discover: () => Promise<void>
  end: (reason: 'idle') => Promise<void>
}

/** Looks for the stored credential. What is set or cleared meanwhile wins; if there is none, the server may know. */
export async function lookUp(options: LookUpOptions): Promise<() => Promise<void>> {
  const { idle, now, isRenewable, state, become, held, adopt, forget, start, end, canProbe, discover } =
    options
  let told: Place | undefined
  let reason: LatchkeyError | undefined
  const isOpen = () => state().status === 'unknown'
  const onPlace = (place: Place) => {
    told = place
  }
  const settle = async (found?: CredentialRecord) => {
    if (found) await idle.look(found)
    if (!found || !isOpen()) return
    const hasEnded = !isRenewable() && msUntil(0, found.expires_in, now() - found.receivedAt) <= 0
    if (idle.isOver()) await end('idle').catch(() => {})
    else if (hasEnded) forget('expired')
    else adopt(found, 'signed-in')
  }
  const note = (error: LatchkeyError) => {
    reason ??= error
  }
  // What can't be read is a signed-out start, said in its one event.
  await start(onPlace).then(settle).catch(note)
  if (isOpen() && !canProbe()) forget(undefined, reason)
  return async () => {
    if (isOpen()) await discover().catch(note)
    if (isOpen()) forget(undefined, reason)
    if (!told?.error || told.name === state().storage.name || held()) return
    const { error, persistent } = told
    become({ ...state(), storage: told, persistent }, { type: 'storage-fallback', error, storage: told })
  }
}
