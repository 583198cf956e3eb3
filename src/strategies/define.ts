import { must, withDefaults } from '../options.js'
import type { Store, Strategy } from '../types.js'
import { joined, type StrategyParts } from './join.js'

/**
 * Makes a strategy from a store, which says where the credential rests, and a placement, which says how it
 * travels. It adds no encryption and no refresh. `latchkey/testing` has the suite that proves the result.
 *
 * @throws TypeError that begins with the quoted name of the part that is wrong
 */
export function defineStrategy(parts: StrategyParts): Strategy {
  const checked = withDefaults('defineStrategy', parts, PARTS)
  const { name, store, placement } = checked
  must('name', /^[\w-]+$/.test(name), 'be of letters, digits, - and _')
  mustBeStore('store', store)
  must('placement', typeof placement?.attach === 'function', 'be a placement')
  return joined(checked)
}

/** @throws TypeError if it is none */
export function mustBeStore(option: string, store: unknown): asserts store is Store {
  must(option, typeof Object(store).read === 'function', 'be a store')
}

const PARTS = {
  name: '',
  store: undefined,
  placement: undefined,
  readClaims: undefined,
  readSubject: undefined,
  sentBy: undefined,
  isUsable: undefined,
}
