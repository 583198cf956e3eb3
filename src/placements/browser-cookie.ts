import { atOnce } from '../at-once.js'
import { remade } from '../remade.js'
import type { Placement } from '../types.js'

/**
 * The cookie that the browser holds and sends by itself: all there is to do is to let it. A request to the
 * page's own origin already does; one to another allowed origin goes with `credentials: 'include'`, unless
 * the caller omits them ('same-origin' is the default, and can't be told from a choice).
 */
export function browserCookie(): Placement {
  return {
    name: 'browser-cookie',
    attach(request) {
      const asCallerChose = request.credentials !== 'same-origin'
      if (asCallerChose || isOwn(request.url)) return atOnce(request)
      return atOnce(remade(request, { credentials: 'include' }))
    },
    exposes: () => false,
  }
}

/** The browser's serialization of a URL is canonical, so this comparison is exact. */
function isOwn(url: string): boolean {
  return url.startsWith(`${globalThis.location?.origin}/`)
}
