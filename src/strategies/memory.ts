import { withDefaults } from '../options.js'
import { bearer } from '../placements/bearer.js'
import { memory } from '../stores/memory.js'
import type { Placement, Strategy } from '../types.js'
import { joined } from './join.js'

/**
 * A token that is kept nowhere: a reload is a signed-out start. Script can't find it in any storage, but an
 * injected one can still send requests with it.
 *
 * @throws TypeError that begins with the quoted name of the option that is wrong
 */
export function memoryStrategy(options: MemoryOptions = {}): Strategy {
  const { placement } = withDefaults('memoryStrategy', options, { placement: bearer() })
  return joined({ name: 'memory', store: memory(), placement })
}

/** What {@link memoryStrategy} takes. */
export interface MemoryOptions {
  /** How the token travels: {@link bearer}, {@link dpop}, {@link header} or {@link query}. @default `bearer()` */
  placement?: Placement | undefined
}
