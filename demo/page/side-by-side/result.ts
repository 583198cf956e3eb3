import { element, part } from '../dom.js'
import type { Seen } from '../server.js'
import type { Way } from '../ways/way.js'
import { filled, words } from '../word.js'
import { isAttached, type Outcome } from './outcome.js'

const says = words.sideBySide.seenBy

/** Tells what came of a button, aloud too, and shows the raw request. */
export function showOutcome(root: HTMLElement, way: Way, outcome: Outcome): void {
  const { tone, title, text, request, seenBy: whom = '' } = outcome
  const result = part(root, '.result', HTMLElement)
  result.dataset.tone = tone
  result.replaceChildren(element('strong', '', title), element('p', '', text))
  const raw = part(root, '.seen', HTMLElement)
  raw.hidden = !request
  part(raw, 'h4', HTMLElement).textContent = filled(says.title, { whom })
  part(raw, '.raw', HTMLElement).replaceChildren(...(request ? lines(way, request) : []))
  result.scrollIntoView({ block: 'nearest' })
  if (isFocusLost()) result.focus({ preventScroll: true })
}

/** A button that can't be pressed any more takes the focus with it. */
function isFocusLost(): boolean {
  const { activeElement } = document
  return !activeElement || activeElement === document.body || activeElement.matches(':disabled')
}

function lines(way: Way, { line, headers }: Seen): HTMLElement[] {
  const first = lineOf(line, line.includes(`${way.carrier}=`) && 'script')
  return [first, ...headers.map(([name, value]) => lineOf(`${name}: ${value}`, attachedBy(way, name)))]
}

function attachedBy(way: Way, name: string): false | 'script' | 'browser' {
  if (way.sentBy === 'browser' && name.toLowerCase() === 'x-xsrf-token') return 'script'
  return isAttached(way, name) && way.sentBy
}

function lineOf(text: string, by: false | 'script' | 'browser'): HTMLElement {
  if (!by) return element('li', '', element('code', '', text))
  const badge = element('span', 'badge', by === 'script' ? says.byScript : says.byBrowser)
  return element('li', 'attached', element('code', '', text), ' ', badge)
}
