import { must, withDefaults } from '../options.js'
import type { Csrf } from './csrf.js'
import { decoded } from './decoded.js'
import { mustBeHeaderName } from './header.js'
import { readCookie } from './read-cookie.js'
import { type IsRefusal, saysCsrf } from './refusal.js'

/** What {@link csrfCookie} takes. */
export interface CsrfCookieOptions {
  /** Name of the cookie, such as `XSRF-TOKEN`. One named `__Host-XSRF-TOKEN` is preferred where there is one. */
  cookie: string
  /** Name of the header, such as `X-XSRF-TOKEN`. */
  header: string
  /** Makes the token of the cookie's value. @default percent-decoded, where it is percent-encoded */
  decode?: ((value: string) => string) | undefined
  /** Where to get the cookie: a GET that sets it, asked when it is missing or refused. @default none */
  url?: string | undefined
  /** Whether an answer refuses the token. @default its status is 400, 403, 419 or 422, and it speaks of CSRF */
  isRefusal?: IsRefusal | undefined
}

/**
 * The double-submit convention: the server writes a cookie that script can read, and wants its value back in
 * a header. The cookie is read when a request is sent, so a rotated token is never a stale one. It can't be read where
 * it is another host's: that server needs `Domain` of the shared parent, or {@link csrfEndpoint}.
 */
export function csrfCookie(options: CsrfCookieOptions): Csrf {
  const { cookie, header, decode, url, isRefusal } = withDefaults('csrfCookie', options, DEFAULTS)
  must('cookie', cookie, 'be the name of a cookie')
  mustBeHeaderName('header', header)
  return {
    header,
    isRefusal,
    read({ tell }) {
      const value = readCookie(cookie, () => tell({ type: 'duplicate-cookie', cookie }))
      return value && decode(value)
    },
    // The answer's cookie is what is asked for.
    renew: url ? async ({ ask }) => void (await ask(url)) : undefined,
  }
}

const DEFAULTS = { cookie: '', header: '', decode: decoded, url: '', isRefusal: saysCsrf }
