import { jwtDecode } from 'jwt-decode'
import { must, own, withDefaults } from '../options.js'
import { bearer } from '../placements/bearer.js'
import { webStorage } from '../stores/web-storage.js'
import type { Claims, Placement, Store, Strategy } from '../types.js'
import { joined } from './join.js'

/**
 * A JWT in Web Storage, sent as `Authorization: Bearer` unless another placement is given. Its claims are
 * read once and never verified: only a server can do that.
 *
 * **Any script on the page can read it**, an injected one too (RFC 9700 s. 2.6 and the OAuth browser-based
 * apps guide). Choose {@link sessionStrategy} where the server can set a cookie, or {@link dpop} as the placement.
 *
 * @throws TypeError that begins with the quoted name of the option that is wrong
 * @see https://www.rfc-editor.org/rfc/rfc7519
 */
export function jwtStrategy(options: JwtOptions): Strategy {
  const defaults = { storage: undefined, placement: bearer() }
  const { storage, placement } = withDefaults('jwtStrategy', options, defaults)
  const store = storage === 'local' || storage === 'session' ? webStorage(storage) : storage
  must('storage', typeof Object(store).read === 'function', "be 'local', 'session' or a store")
  return joined({ name: 'jwt', store, placement, readClaims })
}

/** What {@link jwtStrategy} takes. */
export interface JwtOptions {
  /**
   * Where the token rests. `'local'`: for all tabs, outlives the browser; `'session'`: for one tab and its reloads; or
   * {@link storeChain}, {@link encrypted}, or a store of your own.
   */
  storage: 'local' | 'session' | Store
  /** How the token travels: {@link bearer}, {@link dpop}, {@link header} or {@link query}. @default `bearer()` */
  placement?: Placement | undefined
}

/** jwt-decode also returns what is no object (RFC 7519 s. 7.2 wants one). */
function readClaims(accessToken: string): Claims {
  const claims: unknown = jwtDecode(accessToken, { header: false })
  if (Object(claims) !== claims || Array.isArray(claims)) throw new TypeError()
  return Object.freeze(own(claims as Claims))
}
