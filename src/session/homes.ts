import { type Fail, LatchkeyError } from '../errors.js'
import type { Capabilities, CredentialRecord, Place, Strategy, StrategyContext } from '../types.js'
import { within } from '../unless-aborted.js'
import { numberOf } from './held.js'

type Home = Strategy<never>
type Use<R> = (context: StrategyContext) => Promise<R>

export interface HomesOptions<T> {
  strategy: Strategy<T>
  migrateFrom: readonly Home[]
  keyOf: (strategy: Home) => string
  fail: Fail
}

/** Where a credential was stored: what its record says of it in memory. */
export type Kept = Pick<CredentialRecord, 'place' | 'strategy'>

/** The strategy that credentials go to, and the earlier ones where one may still be. */
export interface Homes<T> extends Pick<Strategy<T>, 'receive' | 'attach' | 'exposes'> {
  name(): string
  capabilities(): Capabilities
  /** Whether there are earlier ones: then not every tab may be able to see what is stored. */
  isMoving(): boolean
  /** Where a credential of the present strategy is meant to rest. */
  place(): Place
  readSubject(credential: CredentialRecord): string | undefined
  /** The newest of all that are stored; if there is none, the place is told where one would be kept, if that is another. */
  get(context: StrategyContext, onPlace?: (place: Place) => void): Promise<CredentialRecord | undefined>
  /** Stores it where it is meant to be, or, where that fails, where the one is that it replaces. */
  set(context: StrategyContext, credential: CredentialRecord): Promise<Kept>
  clear(context: StrategyContext): Promise<void>
  /** The same as `get`, after what was found was moved, if it could be; otherwise its place says why not. */
  move(context: StrategyContext, onPlace: (place: Place) => void): Promise<CredentialRecord | undefined>
  /** Makes another strategy the present one and moves to it. What it rejects with has changed nothing. */
  migrate(context: StrategyContext, next: Home): Promise<CredentialRecord | undefined>
}

/** A moved copy is newer than what it was made of, and older than what a refresh makes of that. */
const MOVED = 2 ** -8

export function createHomes<T>({ strategy, migrateFrom, keyOf, fail }: HomesOptions<T>): Homes<T> {
  let [first, earlier]: [Home, readonly Home[]] = [strategy, migrateFrom]
  const carriers = new WeakMap<Request, Home>()
  const homeOf = (kept?: Kept) => earlier.find(({ name }) => name === kept?.strategy) ?? first
  const errorOf = (cause: unknown) =>
    cause instanceof LatchkeyError ? cause : fail('ERR_STORAGE_FAILED', cause)

  /** One operation of one strategy under its own key, and where that says the value is. */
  const at = async <R>(home: Home, context: StrategyContext, use: Use<R>): Promise<[R, Place]> => {
    let place = placeOf(home)
    const onPlace: StrategyContext['onPlace'] = ({ name, persistent, perTab }, cause) => {
      place = { name, persistent, perTab, error: cause === undefined ? undefined : errorOf(cause) }
    }
    const own = { ...context, key: keyOf(home), onPlace }
    return [await within(earlier.length ? 0.5 : 1, own, use), place]
  }
  const look = async (home: Home, context: StrategyContext, to: Home, onPlace?: (place: Place) => void) => {
    const [found, place] = await at(home, context, (limited) => home.get(limited))
    if (!found && place.error) onPlace?.(place)
    return found && { ...found, place, strategy: home === to ? undefined : home.name }
  }
  const newest = async (
    context: StrategyContext,
    onPlace?: (place: Place) => void,
    to = first,
    from = earlier,
  ) => {
    const looks = await Promise.allSettled([to, ...from].map((home) => look(home, context, to, onPlace)))
    const found = looks.flatMap((one) => (one.status === 'fulfilled' && one.value) || [])
    const [own] = looks
    if (!found.length && own?.status === 'rejected') throw own.reason
    return found.sort((one, other) => numberOf(other) - numberOf(one))[0]
  }
  /** What is older must not come back from another place. With the same number, it is the same place. */
  const tidy = (context: StrategyContext, number: number, from: readonly Home[]) =>
    Promise.allSettled(
      from.map(async (home) => {
        const [left] = await at(home, context, (limited) => home.get(limited))
        if (left && numberOf(left) !== number) await at(home, context, (limited) => home.clear(limited))
      }),
    )
  const put = async (home: Home, context: StrategyContext, credential: CredentialRecord) => {
    const [, place] = await at(home, context, (limited) => home.set(limited, credential))
    return place
  }
  /** Written, read back, and only then erased: after a crash between two steps the newer copy counts. */
  const moved = async (
    context: StrategyContext,
    found: CredentialRecord,
    to: Home,
    from: readonly Home[],
  ) => {
    const generation = numberOf(found) + MOVED
    const next = {
      ...to.receive(found as never, found.receivedAt),
      generation,
      line: found.line,
      cache: found.cache,
    }
    const place = await put(to, context, next)
    const [back] = await at(to, context, (limited) => to.get(limited))
    if (numberOf(back) !== generation) throw new Error()
    await tidy(context, generation, from)
    return { ...next, place }
  }
  const move = async (
    context: StrategyContext,
    onPlace?: (place: Place) => void,
    to = first,
    from = earlier,
  ) => {
    const found = await newest(context, onPlace, to, from)
    if (found?.strategy) {
      return moved(context, found, to, from).catch(async (cause) => {
        // Half of it may be there, and must not be found one day.
        if (!from.some((home) => isSamePlace(home, to)))
          await at(to, context, (limited) => to.clear(limited)).catch(() => {})
        return { ...found, place: { ...(found.place ?? placeOf(to)), error: errorOf(cause) } }
      })
    }
    if (found) await tidy(context, numberOf(found), from)
    return found
  }

  return {
    name: () => first.name,
    capabilities: () => first.capabilities,
    isMoving: () => earlier.length > 0,
    place: () => placeOf(first),
    receive: (token, now) => first.receive(token as never, now),
    readSubject: (credential) => homeOf(credential).readSubject?.(),
    async attach(request, credential, isResend) {
      const home = homeOf(credential)
      const carrier = await home.attach(request, credential, isResend)
      if (carrier) carriers.set(carrier, home)
      return carrier
    },
    exposes: (carrier) => (carriers.get(carrier) ?? first).exposes?.(carrier) ?? true,
    get: newest,
    async set(context, credential) {
      try {
        const place = await put(first, context, credential)
        await tidy(context, numberOf(credential), earlier)
        return { place }
      } catch (cause) {
        for (const home of earlier) {
          const replaced = await look(home, context, first).catch(() => undefined)
          if (!replaced) continue
          home.receive(credential as never, credential.receivedAt)
          const place = await put(home, context, credential)
          return { place: { ...place, error: errorOf(cause) }, strategy: home.name }
        }
        throw cause
      }
    },
    async clear(context) {
      const homes = [first, ...earlier]
      const cleared = await Promise.allSettled(
        homes.map((home) => at(home, context, (limited) => home.clear(limited))),
      )
      const failed = cleared.find((one) => one.status === 'rejected')
      if (failed) throw failed.reason
    },
    move,
    async migrate(context, next) {
      const from = [first, ...earlier].filter((home) => home !== next)
      const found = await move(context, undefined, next, from)
      if (found?.place?.error && found.strategy) throw found.place.error
      first = next
      earlier = from
      return found
    },
  }
}

function placeOf({ name, capabilities, storage = name }: Home): Place {
  const { persistent, perTab } = capabilities
  return { name: storage, persistent, perTab }
}

function isSamePlace(one: Home, other: Home): boolean {
  return one.name === other.name && placeOf(one).name === placeOf(other).name
}
