import { type Fail, LatchkeyError } from '../errors.js'
import { optional } from '../options.js'
import type { CredentialRecord, Place, Strategy, StrategyContext } from '../types.js'
import { within } from '../unless-aborted.js'

export interface HomeOptions {
  strategy: Strategy<never>
  key: string
  /** Which part of an operation's time it has. */
  part: () => number
  fail: Fail
}

/** Where a credential was stored: what its record says of it in memory. */
export type Kept = Pick<CredentialRecord, 'place' | 'strategy'>

/** One strategy under its own key. What it gives knows where it rests. */
export interface Home extends Required<Kept> {
  readonly place: Place
  readonly strategy: Strategy<never>
  /** If there is nothing, the place is told that might have it, but can't say. */
  look(context: StrategyContext, onPlace?: (place: Place) => void): Promise<CredentialRecord | undefined>
  /** As the strategy would have received it. Refuses what it can't use, as a token that is bound to another's key. */
  taken(credential: CredentialRecord): CredentialRecord
  /** Refuses the same. */
  put(context: StrategyContext, credential: CredentialRecord): Promise<Kept>
  erase(context: StrategyContext): Promise<void>
}

export function createHome({ strategy, key, part, fail }: HomeOptions): Home {
  const { name, capabilities } = strategy
  const storage = optional(strategy, 'storage') ?? name
  const { persistent } = capabilities
  const perTab = optional(capabilities, 'perTab')
  const place: Place = Object.freeze({ name: storage, persistent, perTab, error: undefined })

  const at = async <R>(context: StrategyContext, use: (context: StrategyContext) => Promise<R>) => {
    let found = place
    const onPlace: StrategyContext['onPlace'] = ({ name, persistent, perTab }, cause) => {
      found = because({ name, persistent, perTab }, cause, fail)
    }
    const result = await within(part(), { ...context, key, onPlace }, use)
    return [result, found] as const
  }
  const taken = (credential: CredentialRecord) => {
    const { token_type, receivedAt } = credential
    const next = strategy.receive(credential as never, receivedAt)
    // What is bound to a key can be moved to a placement with that key alone.
    if (token_type !== undefined && token_type !== optional(next, 'token_type'))
      throw new LatchkeyError('ERR_CREDENTIAL_MALFORMED', { strategy: name })
    return { ...next, token_type }
  }
  return {
    place,
    strategy,
    taken,
    async look(context, onPlace) {
      let isOutdated = false
      const onOutdated = () => {
        isOutdated = true
      }
      const [found, place] = await at({ ...context, onOutdated }, (limited) => strategy.get(limited))
      if (!found && place.error) onPlace?.(place)
      return found && { ...found, place, strategy, isOutdated }
    },
    async put(context, credential) {
      // What it has received itself it can use.
      if (credential.strategy !== strategy) taken(credential)
      const [, place] = await at(context, (limited) => strategy.set(limited, credential))
      return { place, strategy }
    },
    async erase(context) {
      await at(context, (limited) => strategy.clear(limited))
    },
  }
}

/** The place with the reason why it is this one. A store of the app's own may say in its error what it should have stored. */
export function because(place: Place, cause: unknown, fail: Fail): Place {
  const reason = cause instanceof LatchkeyError ? optional(cause, 'cause') : cause
  const isSafe = reason === undefined || reason instanceof DOMException
  const isOurs = cause === undefined || (cause instanceof LatchkeyError && isSafe)
  const error = isOurs ? cause : fail('ERR_STORAGE_FAILED', isSafe ? reason : undefined)
  return Object.freeze({ ...place, error })
}
