import type { Fail } from '../errors.js'
import { loaded } from '../load.js'
import { optional } from '../options.js'
import type { Probed, Probing } from '../probing.js'
import type { Era } from './era.js'
import type { Homes } from './homes.js'

export interface ProberOptions<T, W> extends Probed<T, W> {
  homes: Pick<Homes<T>, 'receive' | 'strategyOf'>
  era: Pick<Era, 'signal'>
}

/** What asks the server, from when it first can be asked. */
export interface Prober {
  /** Nothing where it can't be asked about what is held. */
  prober(): Promise<Probing | undefined>
  /** Has it asked in the background whose the session is that is held now. */
  introduce(isSignIn: boolean): void
}

export function createProber<T, W>(options: ProberOptions<T, W>): Prober {
  const { homes, era } = options
  let probing: Probing | undefined
  // A question that can't be loaded is one without an answer.
  const fail: Fail = (_, cause) => options.fail('ERR_REFRESH_FAILED', cause)
  const load = () => loaded(import('../probing.js'), era.signal(), { ...options, fail })
  const prober = async () => {
    if (probing || !options.probe()) return probing
    const create = optional(homes.strategyOf(undefined), 'probing') ?? (await load()).createProbing
    probing ??= create(options)
    probing.introduce(false)
    return probing
  }
  return {
    prober,
    introduce(isSignIn) {
      if (probing) probing.introduce(isSignIn)
      else prober().catch(() => {})
    },
  }
}
