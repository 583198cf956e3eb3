import { remade } from '../remade.js'
import type { Attempt } from '../types.js'

/**
 * A copy to write on. Browsers carry all headers but `Authorization` along to wherever a redirect leads (Fetch
 * s. 4.4), so it follows none, unless the caller chose.
 */
export function carrierOf(request: Request, { redirectChosen }: Pick<Attempt, 'redirectChosen'>): Request {
  return remade(request, redirectChosen ? {} : { redirect: 'manual' })
}
