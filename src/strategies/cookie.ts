import { withDefaults } from '../options.js'
import { browserCookie } from '../placements/browser-cookie.js'
import { type Csrf, withCsrf } from '../placements/csrf.js'
import { type CookieAttributes, cookie } from '../stores/cookie.js'
import { webStorage } from '../stores/web-storage.js'
import type { Store, Strategy, StrategyContext } from '../types.js'
import { fitsHeader, joined, VERSION } from './join.js'
import { subjectCookieReader } from './subject-cookie.js'

/**
 * A credential in a cookie that script writes and the browser sends by itself, also with navigations, images
 * and downloads. Persistent with `expires` (in days), else gone when the browser closes. Everything but the
 * access token (its life, a refresh token) rests in `localStorage`, since a cookie is sent with every request.
 *
 * **Any script on the page can read it**, and it needs CSRF protection as every cookie does; `SameSite=Strict`
 * is the default. At most 4096 bytes fit, of name and value, percent-encoded, and beside 150 other cookies no more is
 * written, since browsers drop the oldest in silence: `set` rejects with `ERR_COOKIE_REFUSED` instead.
 *
 * `sameSite: 'None'` and `partitioned` are for a page that is embedded in one of another origin, and are written only
 * while it is; otherwise it is `SameSite=Lax`, not partitioned. Home-screen apps lost such cookies at each launch.
 *
 * @throws TypeError that begins with the quoted name of the option that is wrong
 * @see https://www.rfc-editor.org/rfc/rfc6265
 * @see https://github.com/mealie-recipes/mealie/issues/7859 for the home-screen apps
 */
export function cookieStrategy(options: CookieOptions): Strategy {
  const { csrf, subjectCookie, ...attributes } = withDefaults('cookieStrategy', options, DEFAULTS)
  return joined({
    name: 'cookie',
    // Two cookies of one instance, an old one and the one that replaces it, have a rest each.
    store: besides(cookie(attributes), webStorage('local', `.${attributes.name}`)),
    placement: withCsrf(browserCookie(), csrf),
    sentBy: 'browser',
    isUsable: isLatin1,
    readSubject: subjectCookieReader(subjectCookie),
  })
}

/** What {@link cookieStrategy} takes. */
export interface CookieOptions extends CookieAttributes {
  /** Where the CSRF token is, if the server wants one: a preset, or {@link csrfCookie}. @default none */
  csrf?: Csrf | undefined
  /**
   * Name of a readable cookie that says whose session it is, if the server sets one. It is read before each request:
   * another value is another user. @default none
   */
  subjectCookie?: string | undefined
}

const DEFAULTS = {
  name: '',
  expires: undefined,
  path: '/',
  domain: undefined,
  secure: undefined,
  sameSite: 'Strict',
  partitioned: false,
  csrf: undefined,
  subjectCookie: '',
}

/** A control character is the store's to refuse: it gives a cookie's reason. */
function isLatin1(accessToken: unknown): boolean {
  return typeof accessToken === 'string' && fitsHeader(accessToken.replace(/\p{Cc}/gu, '.'))
}

/**
 * Two places for one credential. The rest says by a mark which cookie it belongs to, so whoever reads between the
 * two writes sees a cookie with no rest, never with another one's; and a rest with no cookie is none to wait for.
 */
function besides(cookie: Store, storage: Store): Store {
  return {
    name: cookie.name,
    persistent: cookie.persistent,
    async read(context) {
      const before = await storage.read(context).catch(() => undefined)
      let access_token = await cookie.read(context)
      if (before && access_token === undefined) {
        // Firefox may show a cookie to another process later than localStorage.
        await new Promise((resume) => setTimeout(resume, LAG_MS))
        access_token = await cookie.read(context)
      }
      if (access_token === undefined) {
        // The cookie is gone with the browser; a refresh token must not outlive it. One that came just now has one.
        if (before && before === (await storage.read(context))) await storage.erase(context)
        return undefined
      }
      const rest = await restOf(access_token, storage, context)
      return JSON.stringify({ v: VERSION, receivedAt: 0, ...rest, access_token })
    },
    async write(context, value) {
      const { access_token, ...rest } = JSON.parse(value)
      const before = await cookie.read(context)
      await cookie.write(context, access_token)
      try {
        await storage.write(context, JSON.stringify({ ...rest, mark: markOf(access_token) }))
      } catch (error) {
        await (before === undefined ? cookie.erase(context) : cookie.write(context, before))
        throw error
      }
    },
    async erase(context) {
      try {
        await cookie.erase(context)
      } finally {
        await storage.erase(context)
      }
    },
  }
}

const LAG_MS = 50

/** A cookie without its rest is still a credential, so what can't be read here is taken for missing. */
async function restOf(accessToken: string, storage: Store, context: StrategyContext): Promise<object> {
  try {
    const rest = Object(JSON.parse((await storage.read(context)) ?? ''))
    return rest.mark === markOf(accessToken) ? rest : {}
  } catch {
    return {}
  }
}

/** FNV-1a, 32 bits: tells two tokens apart and gives nothing of either away. */
function markOf(accessToken: string): number {
  let hash = 0x811c9dc5
  for (const character of accessToken) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193)
  return hash
}
