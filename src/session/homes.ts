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
  /** What knows what to do with the answers, if the strategy has brought it. */
  probing(): Strategy['probing']
  /** What the present strategy reads in it or, if it can't, the one whose credential is renewed. */
  receive(token: T, now: number, renewed?: CredentialRecord): CredentialRecord
  /** The newest of all that are stored, in some homes or in all. */
  get(context: StrategyContext, onPlace?: (place: Place) => void, homes?: readonly Home[]): Promise<Found>
  /** Stores it where it is meant to be, or, where that fails, where the one is that it replaces. */
  set(context: StrategyContext, credential: CredentialRecord): Promise<Kept>
  clear(context: StrategyContext): Promise<void>
  /** Erases what is older in other places, or it might come back. With the same number, it is the same place. */
  tidy(context: StrategyContext, credential: CredentialRecord): Promise<void>
  homeOf(strategy: Strategy<never>): Home
  /** That of the present strategy, and the earlier ones. */
  all(): Row
  /** What `all` says from now on. */
  use(homes: Row): void
}

/** The present home first. */
export type Row = readonly [Home, ...Home[]]

export function createHomes<T>({ strategy, migrateFrom, keyOf, fail }: HomesOptions<T>): Homes<T> {
  const part = () => (earlier.length ? 0.5 : 1)
  const homeOf = (strategy: Strategy<never>) => createHome({ strategy, key: keyOf(strategy), part, fail })
  let [first, ...earlier]: Row = [homeOf(strategy), ...migrateFrom.map(homeOf)]
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
    probing: () => optional(first.strategy, 'probing'),
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
    get: newest,
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
    homeOf,
    all: () => [first, ...earlier],
    use(homes) {
      ;[first, ...earlier] = homes
    },
  }
}
