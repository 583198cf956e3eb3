import type { Latchkey } from '../latchkey.js'
import { must } from '../options.js'

/** What {@link route} asks of an instance; another wrapper with the same two functions will do as well. */
export type Routable = Pick<Latchkey<never>, 'fetch' | 'allows'>

/**
 * One `fetch` over several instances: each request goes by the `fetch` of the first one that allows its URL. What none
 * allows goes by the first one's, which sends it bare or rejects, as its `onForeignOrigin` says. It looks at URLs alone: an
 * instance that is signed out, or disposed of, is no reason to ask the next one.
 *
 * @param instances in the order in which they are asked
 * @throws TypeError if the list is empty, or something in it has no `fetch` or no `allows`
 */
export function route(instances: readonly Routable[]): typeof globalThis.fetch {
  const list: readonly Routable[] = Array.isArray(instances) ? Object.values(instances) : []
  const [first] = list
  must('instances', first && list.every(isRoutable), 'be a list of what createLatchkey returns')
  return async (input, init) => (list.find((one) => one.allows(input)) ?? first).fetch(input, init)
}

function isRoutable(instance: Routable): boolean {
  return typeof instance?.fetch === 'function' && typeof instance.allows === 'function'
}
