import { withDefaults } from '../options.js'
import { bearer } from '../placements/bearer.js'
import { indexedDb } from '../stores/indexed-db.js'
import type { Placement, Strategy } from '../types.js'
import { joined } from './join.js'

/**
 * An opaque token in IndexedDB, shared by all tabs. Nothing is read from it; it lives for `expires_in`.
 *
 * **Any script on the page can read it**, an injected one too. Choose {@link sessionStrategy} where the
 * server can set a cookie.
 *
 * @param options.placement `bearer()` (default), `header(name)` or `query(name)`
 */
export function tokenStrategy(options: { placement?: Placement | undefined } = {}): Strategy {
  const { placement } = withDefaults('tokenStrategy', options, { placement: bearer() })
  return joined({ name: 'token', store: indexedDb(), placement })
}
