import { withDefaults } from '../options.js'
import { bearer } from '../placements/bearer.js'
import { indexedDb } from '../stores/indexed-db.js'
import type { Placement, Store, Strategy } from '../types.js'
import { mustBeStore } from './define.js'
import { joined } from './join.js'

/**
 * An opaque token in IndexedDB, shared by all tabs. Nothing is read from it; it lives for `expires_in`.
 *
 * **Any script on the page can read it**, an injected one too. Choose {@link sessionStrategy} where the
 * server can set a cookie.
 *
 * @throws TypeError that begins with the quoted name of the option that is wrong
 */
export function tokenStrategy(options: TokenOptions = {}): Strategy {
  const defaults = { storage: indexedDb(), placement: bearer() }
  const { storage, placement } = withDefaults('tokenStrategy', options, defaults)
  mustBeStore('storage', storage)
  return joined({ name: 'token', store: storage, placement })
}

/** What {@link tokenStrategy} takes. */
export interface TokenOptions {
  /** Where the token rests: {@link storeChain}, {@link encrypted} or a store of your own. @default IndexedDB */
  storage?: Store | undefined
  /** How the token travels: {@link bearer}, {@link dpop}, {@link header} or {@link query}. @default `bearer()` */
  placement?: Placement | undefined
}
