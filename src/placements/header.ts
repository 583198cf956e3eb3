import { must } from '../options.js'
import type { Placement } from '../types.js'

/** A token by RFC 9110 s. 5.6.2. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/

/** What might be meant for a credential of the names that browsers drop in silence (Fetch s. 2.2.2). */
const FORBIDDEN = /^(cookie2?|host|origin|referer|proxy-.*|sec-.*)$/i

/** Throws unless `name` can be a request header of script's. */
export function mustBeHeaderName(option: string, name: unknown): void {
  const usable = typeof name === 'string' && TOKEN.test(name) && !FORBIDDEN.test(name)
  must(option, usable, 'be the name of a header that script may set')
}

/**
 * The bare credential in a header of that name. Browsers carry such a header along to other origins when a
 * server redirects, so a redirect is refused unless the caller chose a `redirect` mode.
 *
 * @throws TypeError if script may set no header of that name
 * @see https://fetch.spec.whatwg.org/#forbidden-request-header
 */
export function header(name: string): Placement {
  mustBeHeaderName('name', name)
  return {
    name: 'header',
    attach(request, credential, context) {
      const token = credential?.access_token
      if (!token || (!context?.isResend && request.headers.has(name))) return undefined
      request.headers.set(name, token)
      return request
    },
    exposes: () => name.toLowerCase() !== 'authorization',
  }
}
