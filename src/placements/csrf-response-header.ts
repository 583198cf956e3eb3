import { withDefaults } from '../options.js'
import type { Csrf } from './csrf.js'
import { mustBeHeaderName } from './header.js'
import { type IsRefusal, saysCsrf } from './refusal.js'

/** What {@link csrfResponseHeader} takes. */
export interface CsrfResponseHeaderOptions {
  /** Name of the header, in answers and in requests alike, such as `X-CSRF-Token`. */
  header: string
  /** Whether an answer refuses the token. @default its status is 400, 403, 419 or 422, and it speaks of CSRF */
  isRefusal?: IsRefusal | undefined
}

/**
 * The token of the newest answer goes with the next unsafe request to the same origin. A server on another origin has
 * to name the header in `Access-Control-Expose-Headers`. It is kept in memory alone, so the first unsafe request after
 * a reload may be refused, and is then sent again with the token that came with the refusal.
 *
 * @throws TypeError that begins with the quoted name of the option that is wrong
 */
export function csrfResponseHeader(options: CsrfResponseHeaderOptions): Csrf {
  const { header, isRefusal } = withDefaults('csrfResponseHeader', options, DEFAULTS)
  mustBeHeaderName('header', header)
  const tokens = new Map<string, string>()
  return {
    header,
    isRefusal,
    read: ({ origin }) => tokens.get(origin),
    see({ url, headers }) {
      const token = headers.get(header)
      // Where a redirect led to is whose token it is; a made-up answer has no URL.
      if (token && URL.canParse(url)) tokens.set(new URL(url).origin, token)
    },
  }
}

const DEFAULTS = { header: '', isRefusal: saysCsrf }
