import type { Fail } from '../errors.js'
import { optional } from '../options.js'
import type { CredentialRecord, Place, Probe, Strategy, StrategyContext } from '../types.js'
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
  /** Whether there are earlier ones: then not every tab may be able to see what is stored. */
  isMoving(): boolean
  /** Where a credential of the present strategy is meant to rest. */
  place(): Place
  readSubject(credential: CredentialRecord): string | undefined
  /** What asks the server for the session, if it can be asked: not for one that an earlier strategy keeps. */
  probe(held: Found): ((context: Parameters<Probe>[0]) => Promise<T | null | undefined>) | undefined
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
  const part = () => (row.length > 1 ? 0.5 : 1)
  const homeOf = (strategy: Strategy<never>) => createHome({ strategy, key: keyOf(strategy), part, fail })
  let row: Row = [homeOf(strategy), ...migrateFrom.map(homeOf)]
  const present = () => row[0].strategy
  const strategyOf = (credential: Found) => credential?.strategy ?? present()

  const get: Homes<T>['get'] = async (context, onPlace, homes = row) => {
    const looks = await Promise.allSettled(homes.map(({ look }) => look(context, onPlace)))
    const found = looks.flatMap((one) => (one.status === 'fulfilled' && one.value) || [])
    const reason = reasonOf(looks)
    if (!found.length && reason) throw reason
    const [newest] = found.sort((one, other) => numberOf(other) - numberOf(one))
    return newest
  }
  return {
    strategyOf,
    name: () => present().name,
    isMoving: () => row.length > 1,
    place: () => row[0].place,
    readSubject: (credential) => optional(strategyOf(credential), 'readSubject')?.(),
    probe: (held) =>
      strategyOf(held) === present()
        ? (optional(present(), 'probe') as ReturnType<Homes<T>['probe']>)
        : undefined,
    receive(token, now, renewed) {
      const read = (strategy: Strategy<never>) => ({ ...strategy.receive(token as never, now), strategy })
      try {
        return read(present())
      } catch (error) {
        if (strategyOf(renewed) === present()) throw error
        return read(strategyOf(renewed))
      }
    },
    needs: () => optional(present(), 'needs'),
    get,
    async set(context, credential) {
      const [first, ...earlier] = row
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
      const reason = reasonOf(await Promise.allSettled(row.map(({ erase }) => erase(context))))
      if (reason) throw reason
    },
    async tidy(context, { strategy, generation = 0 }) {
      const others = row.filter((home) => home.strategy !== strategy)
      await Promise.allSettled(
        others.map(async ({ look, erase }) => {
          const left = await look(context)
          if (left && numberOf(left) < generation) await erase(context)
        }),
      )
    },
    homeOf,
    all: () => row,
    use(homes) {
      row = homes
    },
  }
}
