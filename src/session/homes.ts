import { type Fail, LatchkeyError } from '../errors.js'
import type { Capabilities, CredentialRecord, Place, Strategy, StrategyContext } from '../types.js'
import { reasonOf, within } from '../unless-aborted.js'
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
export interface Homes<T> extends Pick<Strategy<T>, 'attach' | 'exposes'> {
  name(): string
  capabilities(): Capabilities
  /** Whether there are earlier ones: then not every tab may be able to see what is stored. */
  isMoving(): boolean
  /** Where a credential of the present strategy is meant to rest. */
  place(): Place
  readSubject(credential: CredentialRecord): string | undefined
  /** What the present strategy reads in it or, if it can't, the one whose credential is renewed. */
  receive(token: T, now: number, renewed?: CredentialRecord): CredentialRecord
  /** The newest of all that are stored. If there is none, the place is told that might have one, but can't say. */
  get(context: StrategyContext, onPlace?: OnPlace): Promise<CredentialRecord | undefined>
  /** Stores it where it is meant to be, or, where that fails, where the one is that it replaces. */
  set(context: StrategyContext, credential: CredentialRecord): Promise<Kept>
  clear(context: StrategyContext): Promise<void>
  /** The same as `get`, after what was found was moved, if it could be; otherwise its place says why not. */
  move(context: StrategyContext, onPlace?: OnPlace): Promise<CredentialRecord | undefined>
  /** Makes another strategy the present one and moves to it. What it rejects with has changed nothing. */
  migrate(
    context: StrategyContext,
    next: Home,
    held?: CredentialRecord,
  ): Promise<CredentialRecord | undefined>
}

type OnPlace = (place: Place) => void

/** A moved copy is newer than what it was made of, and older than what a refresh makes of that. */
const MOVED = 2 ** -8

export function createHomes<T>({ strategy, migrateFrom, keyOf, fail }: HomesOptions<T>): Homes<T> {
  let [first, earlier]: [Home, readonly Home[]] = [strategy, migrateFrom]
  const carriers = new WeakMap<Request, Home>()
  const homeOf = (credential?: Kept) => credential?.strategy ?? first
  // A store of the app's own may say in its error what it should have stored.
  const errorOf = (cause: unknown) =>
    cause instanceof LatchkeyError
      ? cause
      : fail('ERR_STORAGE_FAILED', cause instanceof DOMException ? cause : undefined)
  const broken = (place: Place, cause: unknown): Place => Object.freeze({ ...place, error: errorOf(cause) })

  /** One operation of one strategy under its own key, and where that says the value is. */
  const at = async <R>(home: Home, context: StrategyContext, use: Use<R>): Promise<[R, Place]> => {
    let place = placeOf(home)
    const onPlace: StrategyContext['onPlace'] = ({ name, persistent, perTab }, cause) => {
      place = Object.freeze({ name, persistent, perTab, error: cause === undefined ? cause : errorOf(cause) })
    }
    const under = { ...context, key: keyOf(home), onPlace }
    return [await within(earlier.length ? 0.5 : 1, under, use), place]
  }
  const look = async (home: Home, context: StrategyContext, onPlace?: OnPlace) => {
    const [found, place] = await at(home, context, (limited) => home.get(limited))
    if (!found && place.error) onPlace?.(place)
    return found && { ...found, place, strategy: home }
  }
  const newest = async (
    context: StrategyContext,
    onPlace?: OnPlace,
    homes: readonly Home[] = [first, ...earlier],
  ) => {
    const looks = await Promise.allSettled(homes.map((home) => look(home, context, onPlace)))
    const found = looks.flatMap((one) => (one.status === 'fulfilled' && one.value) || [])
    const reason = reasonOf(looks)
    if (!found.length && reason) throw reason
    return found.sort((one, other) => numberOf(other) - numberOf(one))[0]
  }
  const put = async (home: Home, context: StrategyContext, credential: CredentialRecord) => {
    home.receive(credential as never, credential.receivedAt)
    const [, place] = await at(home, context, (limited) => home.set(limited, credential))
    return { place, strategy: home }
  }
  const erase = (home: Home, context: StrategyContext) => at(home, context, (limited) => home.clear(limited))
  /** What is older must not come back from another place. With the same number, it is the same place. */
  const tidy = (context: StrategyContext, number: number, homes: readonly Home[]) =>
    Promise.allSettled(
      homes.map(async (home) => {
        const left = await look(home, context)
        if (left && numberOf(left) < number) await erase(home, context)
      }),
    )
  /** Written, read back, and only then erased: after a crash between two steps the newer copy counts. */
  const moved = async (
    context: StrategyContext,
    found: CredentialRecord,
    to: Home,
    from: readonly Home[],
  ) => {
    const { receivedAt, line, cache } = found
    const generation = numberOf(found) + MOVED
    const next = { ...to.receive(found as never, receivedAt), generation, line, cache }
    const kept = await put(to, context, next)
    if (numberOf(await look(to, context)) !== generation) throw new Error()
    await tidy(context, generation, from)
    return { ...next, ...kept }
  }
  const moveTo = async (
    context: StrategyContext,
    to: Home,
    from: readonly Home[],
    found: CredentialRecord | undefined,
  ) => {
    if (found && found.strategy === to) await tidy(context, numberOf(found), from)
    if (!found || found.strategy === to) return found
    return moved(context, found, to, from).catch(async (cause) => {
      // Half of it may be there, and must not be found one day.
      if (!from.some((home) => isSamePlace(home, to))) await erase(to, context).catch(() => {})
      return { ...found, place: broken(found.place ?? placeOf(to), cause) }
    })
  }

  return {
    name: () => first.name,
    capabilities: () => first.capabilities,
    isMoving: () => earlier.length > 0,
    place: () => placeOf(first),
    readSubject: (credential) => homeOf(credential).readSubject?.(),
    receive(token, now, renewed) {
      const home = homeOf(renewed)
      try {
        return { ...first.receive(token as never, now), strategy: first }
      } catch (error) {
        if (home === first) throw error
        return { ...home.receive(token as never, now), strategy: home }
      }
    },
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
        const kept = await put(first, context, credential)
        await tidy(context, numberOf(credential), earlier)
        return kept
      } catch (cause) {
        for (const home of earlier) {
          if (!(await look(home, context).catch(() => undefined))) continue
          const { place } = await put(home, context, credential)
          return { place: broken(place, cause), strategy: home }
        }
        throw cause
      }
    },
    async clear(context) {
      const reason = reasonOf(
        await Promise.allSettled([first, ...earlier].map((home) => erase(home, context))),
      )
      if (reason) throw reason
    },
    async move(context, onPlace) {
      return moveTo(context, first, earlier, await newest(context, onPlace))
    },
    async migrate(context, next, held) {
      const from = [first, ...earlier].filter((home) => home !== next)
      const stored = await newest(context, undefined, [next, ...from])
      // What could not be stored is in memory alone.
      const isNewer = held && numberOf(held) > numberOf(stored)
      const found = await moveTo(context, next, from, isNewer ? held : stored)
      if (found && found.strategy !== next) throw found.place?.error
      first = next
      earlier = from
      return found
    },
  }
}

function placeOf({ name, capabilities, storage = name }: Home): Place {
  const { persistent, perTab } = capabilities
  return Object.freeze({ name: storage, persistent, perTab, error: undefined })
}

function isSamePlace(one: Home, other: Home): boolean {
  return one.name === other.name && placeOf(one).name === placeOf(other).name
}
