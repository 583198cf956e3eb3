import { type Fail, LatchkeyError } from '../errors.js'
import type { CredentialRecord, Strategy, StrategyContext } from '../types.js'
import { pause } from './clock.js'
import { type Holder, numberOf } from './held.js'
import { because, type Home } from './home.js'
import type { Homes, Row } from './homes.js'
import type { Ledger, Write } from './ledger.js'
import { isEnded } from './look-up.js'
import type { Generation } from './record.js'
import type { StateHolder } from './state.js'

/** From an earlier strategy to the present one, and from that to the next: loaded by the few apps that move. */
export interface MoveOptions extends Holder, Ledger, Pick<StateHolder, 'state' | 'become'> {
  homes: Omit<Homes<never>, 'probe'>
  fail: Fail
  refreshTimeoutSeconds: number
  /** Whether a refresh is running. */
  isFlying(): boolean
  landed(): Promise<unknown>
}

type Found = CredentialRecord | undefined
type Look = Homes<never>['get']

/**
 * What is stored, after it was moved to the present strategy if it could be; otherwise its place says why not.
 * @param look goes on if it has not ended
 */
export async function arrived(
  { homes, fail }: MoveOptions,
  [known, write]: [Generation, Write],
  look: (known: Generation, look: Look) => Promise<Found>,
): Promise<Found> {
  const [to, ...from] = homes.all()
  const move: Look = async (context, onPlace) => {
    const found = await homes.get(context, onPlace)
    return found?.strategy === to.strategy ? found : moved(context, found, [to, ...from], fail)
  }
  return noted(await look(known, isBusy(known, to.strategy) ? homes.get : move), known, write)
}

/**
 * Writes what is in an older form in the one of today, where it lies. Not where it was replaced meanwhile, of which a store
 * may hear late. That it failed is said when the next is stored.
 */
export async function rewrite(
  { homes, find, transact }: MoveOptions,
  found: CredentialRecord,
): Promise<void> {
  const [home] = homes.all()
  const look: Look = (context) => homes.get({ ...context, canRewrite: true }, undefined, [home])
  await transact(({ generation }) => (generation > numberOf(found) ? undefined : find(undefined, look)))
}

/**
 * Makes another strategy the present one and moves to it. What it rejects with has changed nothing.
 * @param checkClears throws once the credential was cleared
 */
export async function migrate(
  options: MoveOptions,
  next: Strategy<never>,
  checkClears: () => void,
): Promise<void> {
  const { homes, stored, erase, tidy, transact, held, move, adopt, state, become, fail } = options
  const limit = AbortSignal.timeout(options.refreshTimeoutSeconds * 1000)
  const to = async (context: StrategyContext) => {
    const from = homes.all().filter((home) => home.strategy !== next)
    const row: Row = [homes.homeOf(next), ...from]
    const stored = await homes.get(context, undefined, row)
    const last = held()
    // What could not be stored is in memory alone.
    const isNewer = last && numberOf(last) > numberOf(stored)
    const found = await moved(
      context,
      isNewer ? { ...last, strategy: homes.strategyOf(undefined) } : stored,
      row,
      fail,
    )
    if (found && found.strategy !== next) throw found.place?.error
    context.signal.throwIfAborted()
    homes.use(row)
    return found
  }
  const change = async (known: Generation, write: Write) => {
    // What the refresh brings is for what would be moved now.
    if (options.isFlying() || (isBusy(known, next) && !limit.aborted)) return false
    const { status, reason } = state()
    const before = homes.all()
    const migrated = await stored(to)
    try {
      checkClears()
    } catch (error) {
      const isCleared = error instanceof LatchkeyError && error.code === 'ERR_SIGNED_OUT'
      // From where it has arrived, too.
      if (isCleared) await erase().finally(() => homes.use(before))
      throw error
    }
    const isOver = !held() && isEnded(known, migrated)
    if (isOver) await erase()
    else if (migrated) await tidy(migrated)
    const found = isOver ? undefined : await noted(migrated, known, write)
    const last = held()
    if (!found) become({ status, reason }, { type: 'migrated' })
    else if (last && found.line === last.line && found.access_token === last.access_token) move(found)
    else adopt(found, 'signed-in')
    return true
  }
  while (!(await transact(change))) await Promise.all([options.landed(), pause(BUSY_MS)])
}

/** What another tab is renewing now can't become this one's. */
function isBusy({ begunAt }: Generation, { capabilities }: Strategy<never>): boolean {
  return begunAt !== undefined && Boolean(capabilities.perTab)
}

/** Where each tab has one of its own, the others must not spend the one that was all tabs'. */
async function noted(found: Found, known: Generation, write: Write): Promise<Found> {
  if (!found?.strategy?.capabilities.perTab || found.place?.error) return found
  const generation = Math.floor(numberOf(found)) + 1
  await write({ ...known, generation, isElsewhere: undefined })
  return { ...found, generation }
}

async function moved(context: StrategyContext, found: Found, [to, ...from]: Row, fail: Fail): Promise<Found> {
  const isThere = found?.strategy === to.strategy
  if (!found || (isThere && !found.isOutdated)) return found
  try {
    return await copied(context, found, to)
  } catch (cause) {
    if (isThere) throw cause
    // Half of it may be there, and must not be found one day.
    if (!from.some((home) => isSamePlace(home, to))) await to.erase(context).catch(() => {})
    return { ...found, place: because(found.place ?? to.place, cause, fail) }
  }
}

/** Written and read back. After a crash the newer copy counts, so the older ones can be erased in their own time. */
async function copied(
  context: StrategyContext,
  found: CredentialRecord,
  to: Home,
): Promise<CredentialRecord> {
  const { line, cache } = found
  const generation = numberOf(found) + MOVED
  const { strategy } = to
  const next = { ...to.taken(found), generation, line, cache, strategy }
  const kept = await to.put(context, next)
  if (numberOf(await to.look(context)) !== generation) throw new Error()
  return { ...next, ...kept }
}

function isSamePlace(one: Home, other: Home): boolean {
  return one.strategy.name === other.strategy.name && one.place.name === other.place.name
}

/** A moved copy is newer than what it was made of, and older than what a refresh makes of that. */
const MOVED = 2 ** -8
/** How often it is looked whether a refresh is over. */
const BUSY_MS = 20
