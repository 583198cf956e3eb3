import { must, withDefaults } from '../options.js'
import { remade } from '../remade.js'
import type { Placement } from '../types.js'
import { decoded } from './decoded.js'
import { mustBeHeaderName } from './header.js'
import { readCookie } from './read-cookie.js'

/** Where a CSRF token is found, and the header it goes into. */
export interface Csrf {
  readonly header: string
  /** The token as it is at this moment, or `undefined` if there is none. */
  read(): string | undefined
}

/**
 * The double-submit convention: the server writes a cookie that script can read, and wants its value back in
 * a header. The cookie is read when a request is sent, so a rotated token is never a stale one.
 *
 * @param options.cookie name of the cookie, such as `XSRF-TOKEN`
 * @param options.header name of the header, such as `X-XSRF-TOKEN`
 */
export function csrfCookie(options: { cookie: string; header: string }): Csrf {
  const { cookie, header } = withDefaults('csrfCookie', options, { cookie: '', header: '' })
  must('cookie', cookie, 'be the name of a cookie')
  mustBeHeaderName('header', header)
  const read = () => {
    const value = readCookie(cookie)
    return value && decoded(value)
  }
  return { header, read }
}

/** Adds the CSRF header to a placement's unsafe requests (RFC 9110 s. 9.2.1), never over the caller's own. */
export function withCsrf(placement: Placement, csrf: Csrf | undefined): Placement {
  if (csrf === undefined) return placement
  must('csrf', typeof csrf?.read === 'function', 'be what csrfCookie() returns')
  return {
    ...placement,
    async attach(request, credential, isResend) {
      const attached = await placement.attach(request, credential, isResend)
      if (!attached || !isUnsafe(request) || request.headers.has(csrf.header)) return attached
      const token = csrf.read()
      if (!token) return attached
      // On a copy: what is sent again must not take this header for the caller's.
      const carrier = remade(attached, {})
      carrier.headers.set(csrf.header, token)
      return carrier
    },
    exposes: (request) => request.headers.has(csrf.header) || (placement.exposes?.(request) ?? true),
  }
}

function isUnsafe(request: Request): boolean {
  return !/^(GET|HEAD|OPTIONS|TRACE)$/.test(request.method)
}
