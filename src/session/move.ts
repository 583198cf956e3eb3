import { LatchkeyError } from '../errors.js'
import type { CredentialRecord, Place, Strategy } from '../types.js'
import { pause } from './clock.js'
import { type Holder, numberOf } from './held.js'
import type { Homes } from './homes.js'
import type { Ledger, Write } from './ledger.js'
import type { Generation } from './record.js'
import type { StateHolder } from './state.js'

export interface MoveOptions extends Holder, Ledger, Pick<StateHolder, 'state' | 'become'> {
  homes: Omit<Homes<never>, 'probe'>
  refreshTimeoutSeconds: number
  /** Whether a refresh is running. */
  isFlying(): boolean
  landed(): Promise<unknown>
  /** Throws once the credential was cleared, after that was called. */
  clearsFromNow(): () => void
}

/** From an earlier strategy to the present one, and from that to the next. No other tab gets in between. */
export interface Move {
  /** What is stored, after it was moved if it could be. */
  start(onPlace: (place: Place) => void): Promise<CredentialRecord | undefined>
  migrate(next: Strategy<never>): Promise<void>
}

export function createMove(options: MoveOptions): Move {
  const { homes, stored, find, erase, tidy, transact, held, move, adopt, state, become } = options
  const { known, isFlying, landed, clearsFromNow, refreshTimeoutSeconds } = options

  /** Where each tab has one of its own, the others must not spend the one that was all tabs'. */
  const noted = async (found: CredentialRecord | undefined, known: Generation, write: Write) => {
    if (!found?.strategy?.capabilities.perTab || found.place?.error) return found
    const generation = Math.floor(numberOf(found)) + 1
    await write({ ...known, generation, isElsewhere: undefined })
    return { ...found, generation }
  }
  /** After a fall-back to a store of one tab, too, the ledger may know that it was cleared. */
  const isApart = ({ place }: CredentialRecord) => place?.perTab && !homes.capabilities().perTab
  /** What nobody who keeps the ledger has written has no number, and may be newer. */
  const isEnded = ({ ended, generation }: Generation, found: CredentialRecord | undefined) =>
    ended !== undefined && generation > (numberOf(found) || Number.POSITIVE_INFINITY)
  /** Not where it was replaced meanwhile, of which a store may hear late. That it failed is said when the next is stored. */
  const rewritten = (found: CredentialRecord) =>
    transact(({ generation }) =>
      generation > numberOf(found) ? undefined : find(undefined, homes.rewrite),
    ).catch(() => {})
  const look: Move['start'] = async (onPlace) => {
    const moved = async (known: Generation, write: Write) => {
      // What another tab is renewing now can't become this one's.
      const isBusy = known.begunAt !== undefined && homes.capabilities().perTab
      const found = await find(onPlace, isBusy ? homes.get : homes.move)
      if (isEnded(known, found)) await erase()
      else if (found) await tidy(found)
      return isEnded(known, found) ? undefined : noted(found, known, write)
    }
    const found = homes.isMoving() ? undefined : await find(onPlace)
    if (!homes.isMoving() && !(found && isApart(found))) return found
    // What takes too long to be moved is in use where it is.
    return transact(moved, true).catch(async () => {
      const found = await find(onPlace)
      return isEnded(known(), found) ? undefined : found
    })
  }

  return {
    async start(onPlace) {
      const found = await look(onPlace)
      if (found?.isOutdated) void rewritten(found)
      return found
    },
    async migrate(next) {
      const checkClears = clearsFromNow()
      const limit = AbortSignal.timeout(refreshTimeoutSeconds * 1000)
      const change = async (known: Generation, write: Write) => {
        const isBusy = known.begunAt !== undefined && next.capabilities.perTab && !limit.aborted
        // What the refresh brings is for what would be moved now.
        if (isFlying() || isBusy) return false
        const { status, reason } = state()
        const migrated = await stored((at) => homes.migrate(at, next, held()))
        try {
          checkClears()
        } catch (error) {
          if (error instanceof LatchkeyError && error.code === 'ERR_SIGNED_OUT') await erase()
          throw error
        }
        const isOver = !held() && isEnded(known, migrated)
        if (isOver) await erase()
        else if (migrated) await tidy(migrated)
        const found = isOver ? undefined : await noted(migrated, known, write)
        if (!found) become({ status, reason }, { type: 'migrated' })
        else if (found.access_token === held()?.access_token) move(found)
        else adopt(found, 'signed-in')
        return true
      }
      while (!(await transact(change))) await Promise.all([landed(), pause(BUSY_MS)])
    },
  }
}

/** How often it is looked whether a refresh is over. */
const BUSY_MS = 20
