import { defineInspector } from '../../src/clients/inspector/index.js'
import { part } from './dom.js'
import type { Keeper } from './ways/keeper.js'
import { words } from './word.js'

/** Shows at the foot of an element what is known of the way that is chosen there, and what happens to it. */
export function showInspector(root: Element, keepers: readonly Keeper[]): void {
  const inspector = new (defineInspector())()
  const show = () => {
    const { value } = part(root, 'input[name=way]:checked', HTMLInputElement)
    inspector.latchkeys = keepers.flatMap(({ way, inspected }) => (way.id === value ? [inspected] : []))
  }
  inspector.words = words.inspector
  show()
  root.addEventListener('change', show)
  root.append(inspector)
}
