import { must, withDefaults } from '../options.js'
import type { Ask } from '../types.js'
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
 *
 * @throws TypeError that begins with the quoted name of the option that is wrong
 */
export function csrfCookie(options: CsrfCookieOptions): Csrf {
  const { cookie, header, decode, url, isRefusal } = withDefaults('csrfCookie', options, DEFAULTS)
  must('cookie', cookie, 'be the name of a cookie')
  mustBeHeaderName('header', header)
  let isTold = false
  let last: { moment: object; token: string | undefined } | undefined
  return {
    header,
    cookie,
    url,
    isRefusal,
    // `document.cookie` is the most expensive thing on a request's way.
    read({ tell }, moment) {
      if (moment && last?.moment === moment) return last.token
      let isDouble = false
      const value = readCookie(cookie, () => {
        isDouble = true
      })
      if (isDouble && !isTold) tell({ type: 'duplicate-cookie', cookie })
      isTold = isDouble
      const token = value && decode(value)
      last = moment && { moment, token }
      return token
    },
    renew: url ? ({ ask }) => cookieAt(url, ask) : undefined,
  }
}

/** The cookie of the answer is all that is wanted of it. */
async function cookieAt(url: string, ask: Ask): Promise<void> {
  const { ok, status, body } = await ask(url)
  body?.cancel().catch(() => {})
  if (!ok) throw new Error(`what should set the CSRF cookie answered ${status}`)
}

const DEFAULTS = { cookie: '', header: '', decode: decoded, url: '', isRefusal: saysCsrf }
