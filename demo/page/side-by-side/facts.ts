import type { LatchkeyState } from '../../../src/index.js'
import { element, part } from '../dom.js'
import { shorten } from '../shorten.js'
import type { Spot } from '../ways/place.js'
import type { Way } from '../ways/way.js'
import { filled, words } from '../word.js'

const says = words.sideBySide.facts

/** What is known of the credential now. */
export function showFacts(root: HTMLElement, way: Way, state: LatchkeyState): void {
  fact(root, 'status').replaceChildren(
    element('code', `status ${state.status}`, state.status),
    whyOrWho(state),
  )
  fact(root, 'sent-by').textContent = way.sentBy === 'browser' ? says.sentByBrowser : says.sentByScript
  fact(root, 'readable').textContent = way.place.tamper ? says.readable : says.unreadable
  showEnd(root, state)
  way.place.look().then((spots) => showSpots(fact(root, 'rests'), spots))
}

function whyOrWho({ reason, subject }: LatchkeyState): string {
  if (reason) return filled(says.because, { reason })
  return subject ? filled(says.as, { subject }) : ''
}

/** Counts down to the end. */
export function showEnd(root: HTMLElement, state: LatchkeyState): void {
  fact(root, 'ends').textContent = endOf(state)
}

function endOf({ status, expiresAt }: LatchkeyState): string {
  if (status !== 'signed-in' && status !== 'degraded') return says.nothingToEnd
  if (expiresAt === undefined) return says.endUnknown
  const seconds = Math.ceil((expiresAt - Date.now()) / 1000)
  if (seconds <= 0) return says.over
  const minutes = Math.floor(seconds / 60)
  return filled(says.endsIn, { minutes, seconds: String(seconds % 60).padStart(2, '0') })
}

function showSpots(target: HTMLElement, spots: readonly Spot[]): void {
  if (spots.length === 0) return void target.replaceChildren(says.nowhere)
  target.replaceChildren(
    ...spots.flatMap(({ where, what }) => [
      element('p', 'where', where),
      element('code', 'what', shorten(what)),
    ]),
  )
}

function fact(root: HTMLElement, name: string): HTMLElement {
  return part(root, `[data-fact=${name}]`, HTMLElement)
}
