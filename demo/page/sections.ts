import { address } from './address.js'
import { open as attacks } from './attacks/section.js'
import { open as choose } from './choose/section.js'
import { part } from './dom.js'
import { open as farm } from './farm/section.js'
import { open as limits } from './limits/section.js'
import { open as serverKeeps } from './server-keeps/section.js'
import { open as sideBySide } from './side-by-side/section.js'
import { filled, words } from './word.js'

/** The sections by the name they have in the address; what fills each when it is first shown. */
const sections = new Map<string, (root: HTMLElement) => void>([
  ['side-by-side', sideBySide],
  ['server-keeps', serverKeeps],
  ['limits', limits],
  ['farm', farm],
  ['attacks', attacks],
  ['choose', choose],
])

/** Shows the section that the address names. */
export function createSections(): void {
  const opened = new Set<string>()
  const show = () => {
    const { section } = address()
    const shown = sections.has(section) ? section : 'side-by-side'
    for (const name of sections.keys()) mark(name, name === shown)
    if (!opened.has(shown)) sections.get(shown)?.(rootOf(shown))
    opened.add(shown)
    return shown
  }
  // Whoever has chosen another one reads or tabs on from there.
  addEventListener('hashchange', () => rootOf(show()).focus({ preventScroll: true }))
  show()
}

function mark(name: string, isShown: boolean): void {
  const link = part(document, `nav.sections [href="#${name}"]`, HTMLAnchorElement)
  rootOf(name).hidden = !isShown
  link.ariaCurrent = isShown ? 'page' : null
  if (isShown) document.title = filled(words.lab.titleOf, { section: link.text })
}

function rootOf(name: string): HTMLElement {
  return part(document, `#section-${name}`, HTMLElement)
}
