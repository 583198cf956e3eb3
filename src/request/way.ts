import { optional } from '../options.js'
import type { Strategy } from '../types.js'

/** What a strategy does with requests. */
export interface Way extends Pick<Strategy, 'attach' | 'exposes' | 'review' | 'expectsRefusal'> {}

/** Looked up once for each strategy, and never on `Object.prototype`. */
export function createWays(): (strategy: Strategy<never>) => Way {
  const ways = new WeakMap<Strategy<never>, Way>()
  return (strategy) => {
    const known = ways.get(strategy)
    if (known) return known
    const way = wayOf(strategy)
    ways.set(strategy, way)
    return way
  }
}

function wayOf(strategy: Strategy<never>): Way {
  return {
    attach: strategy.attach.bind(strategy),
    exposes: optional(strategy, 'exposes'),
    review: optional(strategy, 'review'),
    expectsRefusal: optional(strategy, 'expectsRefusal'),
  }
}
