import type { Fail } from '../errors.js'
import { optional } from '../options.js'
import type { Capabilities, CredentialRecord, Place, Probe, Strategy, StrategyContext } from '../types.js'
import { reasonOf } from '../unless-aborted.js'
import { numberOf } from './held.js'
import { because, createHome, type Home, type Kept } from './home.js'

export interface HomesOptions<T> {
  strategy: Strategy<T>
  migrateFrom: readonly Strategy<never>[]
  keyOf: (strategy: Strategy<never>) => string
  fail: Fail
}

type Found = CredentialRecord | undefined

/** The strategy that credentials go to, and the earlier ones where one may still be. */
export interface Homes<T> {
  /** Whose the credential is; the present one, if there is none. */
  strategyOf(credential: Found): Strategy<never>
  needs(): Strategy['needs']
  name(): string
  capabilities(): Capabilities
  /** Whether there are earlier ones: then not every tab may be able to see what is stored. */
  isMoving(): boolean
  /** Where a credential of the present strategy is meant to rest. */
  place(): Place
  readSubject(credential: CredentialRecord): string | undefined
  /** Whether the server can be asked for the session: not for one that an earlier strategy keeps. */
  canProbe(held: Found): boolean
  probe(context: Parameters<Probe>[0]): Promise<T | null | undefined>
  /** What the present strategy reads in it or, if it can't, the one whose credential is renewed. */
  receive(token: T, now: number, renewed?: CredentialRecord): CredentialRecord
  /** The newest of all that are stored. */
  get(context: StrategyContext, onPlace?: (place: Place) => void): Promise<Found>
  /** Stores it where it is meant to be, or, where that fails, where the one is that it replaces. */
  set(context: StrategyContext, credential: CredentialRecord): Promise<Kept>
  clear(context: StrategyContext): Promise<void>
  /** Erases what is older in other places, or it might come back. With the same number, it is the same place. */
  tidy(context: StrategyContext, credential: CredentialRecord): Promise<void>
  /** The same as `get`, after what was found was moved, if it could be; otherwise its place says why not. */
  move(context: StrategyContext, onPlace?: (place: Place) => void): Promise<Found>
  /** What the present strategy has, after what is in an older form was written in the one of today, where it lies. */
  rewrite(context: StrategyContext): Promise<Found>
  /** Makes another strategy the present one and moves to it. What it rejects with has changed nothing. */
  migrate(context: StrategyContext, next: Strategy<never>, held?: CredentialRecord): Promise<Found>
}

/** A moved copy is newer than what it was made of, and older than what a refresh makes of that. */
const MOVED = 2 ** -8

export function createHomes<T>({ strategy, migrateFrom, keyOf, fail }: HomesOptions<T>): Homes<T> {
  const part = () => (earlier.length ? 0.5 : 1)
  const homeOf = (strategy: Strategy<never>) => createHome({ strategy, key: keyOf(strategy), part, fail })
  let first = homeOf(strategy)
  let earlier: readonly Home[] = migrateFrom.map(homeOf)
  const strategyOf = (credential: Found) => credential?.strategy ?? first.strategy

  const newest = async (
    context: StrategyContext,
    onPlace?: (place: Place) => void,
    homes: readonly Home[] = [first, ...earlier],
  ) => {
    const looks = await Promise.allSettled(homes.map(({ look }) => look(context, onPlace)))
    const found = looks.flatMap((one) => (one.status === 'fulfilled' && one.value) || [])
    const reason = reasonOf(looks)
    if (!found.length && reason) throw reason
    // Not named as the first home is: terser would then take the default of `homes` for it, too.
    const [latest] = found.sort((one, other) => numberOf(other) - numberOf(one))
    return latest
  }
  /** Written and read back. After a crash the newer copy counts, so the older ones can be erased in their own time. */
  const copied = async (context: StrategyContext, found: CredentialRecord, to: Home) => {
    const { line, cache } = found
    const generation = numberOf(found) + MOVED
    const { strategy } = to
    const next = { ...to.taken(found), generation, line, cache, strategy }
    const kept = await to.put(context, next)
    if (numberOf(await to.look(context)) !== generation) throw new Error()
    return { ...next, ...kept }
  }
  const moved = async (context: StrategyContext, found: Found, to: Home, from: readonly Home[]) => {
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

  return {
    strategyOf,
    name: () => first.strategy.name,
    capabilities: () => first.strategy.capabilities,
    isMoving: () => earlier.length > 0,
    place: () => first.place,
    readSubject: (credential) => optional(strategyOf(credential), 'readSubject')?.(),
    canProbe: (held) =>
      strategyOf(held) === first.strategy && optional(first.strategy, 'probe') !== undefined,
    probe: async (context) => (await optional(first.strategy, 'probe')?.(context)) as T | null | undefined,
    receive(token, now, renewed) {
      const read = (strategy: Strategy<never>) => ({ ...strategy.receive(token as never, now), strategy })
      try {
        return read(first.strategy)
      } catch (error) {
        if (strategyOf(renewed) === first.strategy) throw error
        return read(strategyOf(renewed))
      }
    },
    needs: () => optional(first.strategy, 'needs'),
    get: (context, onPlace) => newest(context, onPlace),
    async set(context, credential) {
      try {
        return await first.put(context, credential)
      } catch (cause) {
        for (const home of earlier) {
          if (!(await home.look(context).catch(() => undefined))) continue
          const { place = home.place, strategy } = await home.put(context, credential)
          return { place: because(place, cause, fail), strategy }
        }
        throw cause
      }
    },
    async clear(context) {
      const reason = reasonOf(
        await Promise.allSettled([first, ...earlier].map(({ erase }) => erase(context))),
      )
      if (reason) throw reason
    },
    async tidy(context, { strategy, generation = 0 }) {
      const others = [first, ...earlier].filter((home) => home.strategy !== strategy)
      await Promise.allSettled(
        others.map(async ({ look, erase }) => {
          const left = await look(context)
          if (left && numberOf(left) < generation) await erase(context)
        }),
      )
    },
    async move(context, onPlace) {
      const found = await newest(context, onPlace)
      return found?.strategy === first.strategy ? found : moved(context, found, first, earlier)
    },
    rewrite: (context) => newest({ ...context, canRewrite: true }, undefined, [first]),
    async migrate(context, next, held) {
      const to = homeOf(next)
      const from = [first, ...earlier].filter((home) => home.strategy !== next)
      const stored = await newest(context, undefined, [to, ...from])
      // What could not be stored is in memory alone.
      const isNewer = held && numberOf(held) > numberOf(stored)
      const found = await moved(context, isNewer ? { ...held, strategy: first.strategy } : stored, to, from)
      if (found && found.strategy !== next) throw found.place?.error
      context.signal.throwIfAborted()
      first = to
      earlier = from
      return found
    },
  }
}

function isSamePlace(one: Home, other: Home): boolean {
  return one.strategy.name === other.strategy.name && one.place.name === other.place.name
}
