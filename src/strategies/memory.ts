import { withDefaults } from '../options.js'
import { bearer } from '../placements/bearer.js'
import { memory } from '../stores/memory.js'
import type { Placement, Strategy } from '../types.js'
import { joined } from './join.js'

/**
 * A token that is kept nowhere: a reload is a signed-out start. Script can't find it in any storage, but an
 * injected one can still send requests with it.
 *
 * @param options.placement `bearer()` (default), `dpop()`, `header(name)` or `query(name)`
 * @throws TypeError that begins with the quoted name of the option that is wrong
 */
export function memoryStrategy(options: { placement?: Placement | undefined } = {}): Strategy {
  const { placement } = withDefaults('memoryStrategy', options, { placement: bearer() })
  return joined({ name: 'memory', store: memory(), placement })
}
