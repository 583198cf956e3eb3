import type { OidcOptions } from '../servers/oidc/oidc.js'
import type { StormOptions } from './options.js'

/** Whose tabs ask. Its page has `signIn()`, and an object with `ready()` and `fetch(path)`. */
export interface Contestant {
  /** Its page's path and query. */
  readonly page: string
  /** The name of the object. */
  readonly asker: string
  /** An expression for its page: whether this tab has lost the session. */
  readonly hasLost: string
  /** Whether all tabs find what one of them has stored. */
  readonly isShared: boolean
  /** What its server has to be besides. */
  readonly server?: Pick<OidcOptions, 'host' | 'besides'> | undefined
}

/** The library itself. */
export function latchkey({ strategy, noLocks, dpop, refreshBeforeSeconds }: StormOptions): Contestant {
  const options = JSON.stringify({ refreshBeforeSeconds })
  const query = new URLSearchParams({ strategy, options, ...(noLocks ? { noLocks: '1' } : {}) })
  if (dpop) query.set('dpop', '{}')
  return {
    page: `/page?${query}`,
    asker: 'latchkey',
    hasLost: "latchkey.state.status === 'signed-out'",
    isShared: strategy !== 'jwt-session',
  }
}
