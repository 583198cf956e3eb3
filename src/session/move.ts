import type { CredentialRecord, Place, Strategy } from '../types.js'
import { type Holder, numberOf } from './held.js'
import type { Homes } from './homes.js'
import type { Generation, Ledger, Write } from './ledger.js'
import type { StateHolder } from './state.js'

export interface MoveOptions extends Holder, Ledger, Pick<StateHolder, 'state' | 'become'> {
  homes: Homes<never>
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
  const { homes, stored, find, erase, transact, held, move, adopt, state, become } = options
  const { isFlying, landed, clearsFromNow } = options

  /** Where each tab has one of its own, the others must not spend the one that was all tabs'. */
  const noted = async (found: CredentialRecord | undefined, write: Write) => {
    if (!found || !homes.capabilities().perTab || found.place?.error) return found
    const generation = Math.floor(numberOf(found)) + 1
    await write({ generation })
    return { ...found, generation }
  }
  /** After a fall-back to a store of one tab, too, the ledger may know that it was cleared. */
  const isApart = ({ place }: CredentialRecord) => place?.perTab && !homes.capabilities().perTab

  return {
    async start(onPlace) {
      const moved = async (known: Generation, write: Write) => {
        const found = await find(onPlace, homes.move)
        // What nobody who keeps the ledger has written has no number, and may be newer.
        const isEnded = known.ended && known.generation > (numberOf(found) || Number.POSITIVE_INFINITY)
        if (isEnded) await erase()
        return isEnded ? undefined : noted(found, write)
      }
      const found = homes.isMoving() ? undefined : await find(onPlace)
      if (!homes.isMoving() && !(found && isApart(found))) return found
      // What takes too long to be moved is in use where it is.
      return transact(moved, true).catch(() => find(onPlace))
    },
    async migrate(next) {
      const checkClears = clearsFromNow()
      const change = async (_: Generation, write: Write) => {
        // What the refresh brings is for what would be moved now.
        if (isFlying()) return false
        const { status, reason } = state()
        const migrated = await stored((at) => homes.migrate(at, next, held()))
        try {
          checkClears()
        } catch (error) {
          await erase()
          throw error
        }
        const found = await noted(migrated, write)
        if (!found) become({ status, reason }, { type: 'migrated' })
        else if (found.access_token === held()?.access_token) move(found)
        else adopt(found, 'signed-in')
        return true
      }
      while (!(await transact(change))) await landed()
    },
  }
}
