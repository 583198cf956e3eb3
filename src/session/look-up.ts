import type { LatchkeyError } from '../errors.js'
import type { CredentialRecord, Place } from '../types.js'
import { msUntil } from './clock.js'
import { type Holder, numberOf } from './held.js'
import type { Homes } from './homes.js'
import type { Idle } from './idle.js'
import type { Ledger } from './ledger.js'
import type { MoveOptions } from './move.js'
import type { Generation } from './record.js'
import type { StateHolder } from './state.js'

export interface LookUpOptions extends Holder, Ledger, Pick<StateHolder, 'state' | 'become'> {
  homes: Omit<Homes<never>, 'probe'>
  idle: Idle
  now: () => number
  isRenewable: () => boolean
  canProbe: () => boolean
  discover: () => Promise<void>
  end: (reason: 'idle') => Promise<void>
  /** Loads what moves a credential. Where that can't be had, or takes too long, it is in use where it is. */
  mover: () => Promise<Mover>
}

type Found = CredentialRecord | undefined
export type Mover = typeof import('./move.js')

/** Looks for the stored credential. What is set or cleared meanwhile wins; if there is none, the server may know. */
export async function lookUp(options: LookUpOptions & MoveOptions): Promise<() => Promise<void>> {
  const { homes, idle, now, isRenewable, state, become, held, adopt, forget, end, canProbe, mover } = options
  const { find, erase, tidy, transact } = options
  let told: Place | undefined
  let reason: LatchkeyError | undefined
  const isOpen = () => state().status === 'unknown'
  const onPlace = (place: Place) => {
    told = place
  }
  const unended = async (known: Generation, look = homes.get) => {
    const found = await find(onPlace, look)
    if (isEnded(known, found)) await erase()
    else if (found) await tidy(found)
    return isEnded(known, found) ? undefined : found
  }
  const start = async () => {
    const found = await find(onPlace)
    const [{ strategy }] = homes.all()
    const { perTab } = strategy.capabilities
    // After a fall-back to a store of one tab, too, the ledger may know that it was cleared.
    const isApart = found?.place?.perTab && !perTab
    if (!homes.isMoving() && !isApart) return found
    const isArriving = found && homes.isMoving() && (perTab || found.strategy !== strategy)
    const move = isArriving && (await mover().catch(() => undefined))
    return transact(
      (known, write) => (move ? move.arrived(options, [known, write], unended) : unended(known)),
      true,
    ).catch(async () => {
      const found = await find(onPlace)
      return isEnded(options.known(), found) ? undefined : found
    })
  }
  const settle = async (found: Found) => {
    if (found?.isOutdated)
      mover()
        .then(({ rewrite }) => rewrite(options, found))
        .catch(() => {})
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
  await start().then(settle).catch(note)
  if (isOpen() && !canProbe()) forget(undefined, undefined, reason)
  return async () => {
    if (isOpen()) await options.discover().catch(note)
    if (isOpen()) forget(undefined, undefined, reason)
    if (!told?.error || told.name === state().storage.name || held()) return
    const { error, persistent } = told
    become({ ...state(), storage: told, persistent }, { type: 'storage-fallback', error, storage: told })
  }
}

/** What nobody who keeps the ledger has written has no number, and may be newer. */
export function isEnded({ ended, generation }: Generation, found: Found): boolean {
  const number = numberOf(found)
  return ended !== undefined && number > 0 && number < generation
}
