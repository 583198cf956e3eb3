import { isLatchkeyError } from '../../../../src/index.js'
import { type Entry, lastLogged, serverLog } from '../../server-log.js'
import type { Keeper } from '../../ways/keeper.js'
import type { Way } from '../../ways/way.js'
import type { Act, Resting } from './act.js'
import type { Hearing } from './hearing.js'

/** Where a step is played in one way, and written down. */
export interface Stage {
  readonly keeper: Keeper
  readonly acts: Act[]
  /** Does the work, and writes down what came of it; `more` is what neither latchkey nor the server tells. */
  act<T>(code: string, work: () => Promise<T>, more?: More<T>): Promise<T>
  /** What is now in the browser's stores. */
  rests(did: Resting['did']): () => Promise<Pick<Act, 'resting'>>
}

type More<T> = (given: T) => Promise<Partial<Act>>

const nothing = async () => ({})

export function createStage(keeper: Keeper, hearing: Hearing): Stage {
  const { way } = keeper
  const acts: Act[] = []
  return {
    keeper,
    acts,
    async act(code, work, more = nothing) {
      const before = await lastLogged()
      const write = async (result: string, rest: Partial<Act>) => {
        const entries = await ownEntries(way, before)
        acts.push({ code, entries, result, events: hearing.take(way), ...rest })
      }
      const given = await work().catch(async (error: unknown) => {
        await write(codeOf(error), {})
        throw error
      })
      await write(String(Object(given).status ?? ''), await more(given))
      return given
    },
    rests: (did) => async () => ({ resting: { did, where: await placesOf(way) } }),
  }
}

/** What the server did for this way since then. */
export async function ownEntries({ kind }: Way, after: number): Promise<Entry[]> {
  const { entries } = await serverLog(after)
  return entries.filter((entry) => entry.kind === kind || entry.kind === 'oauth')
}

/** Where something of it rests; not what. */
export async function placesOf({ place }: Way): Promise<string[]> {
  return (await place.look()).map(({ where }) => where)
}

export function codeOf(error: unknown): string {
  return isLatchkeyError(error) ? error.code : String(error)
}
