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
 * @param options.storage {@link storeChain}, {@link encrypted} or a store of your own. @default IndexedDB
 * @param options.placement `bearer()` (default), `dpop()`, `header(name)` or `query(name)`
 * @throws TypeError that begins with the quoted name of the option that is wrong
 */
export function tokenStrategy(
  options: { storage?: Store | undefined; placement?: Placement | undefined } = {},
): Strategy {
  const defaults = { storage: indexedDb(), placement: bearer() }
  const { storage, placement } = withDefaults('tokenStrategy', options, defaults)
  mustBeStore('storage', storage)
  return joined({ name: 'token', store: storage, placement })
}
