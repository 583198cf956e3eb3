import { atOnce } from '../at-once.js'
import type { Placement } from '../types.js'

/**
 * `Authorization: Bearer …` (RFC 6750 s. 2.1). The one header that browsers remove on a redirect to another
 * origin, so redirects are followed, unless the entry of `allowedOrigins` has a path: within an origin it is kept.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export function bearer(): Placement {
  return {
    name: 'bearer',
    attach(request, credential, context) {
      const token = credential?.access_token
      if (!token || (!context?.isResend && request.headers.has('authorization'))) return atOnce(undefined)
      request.headers.set('authorization', `Bearer ${token}`)
      return atOnce(request)
    },
    exposes: () => false,
  }
}
