import type { LatchkeyState } from '../../src/index.js'
import { element, part } from './dom.js'
import type { Spot } from './place.js'
import { shorten } from './shorten.js'
import type { Way } from './way.js'

const WHO = {
  browser: 'The browser, by itself',
  script: 'Script: latchkey writes it on each request',
}

/** What is known of the credential now. */
export function showFacts(root: HTMLElement, way: Way, state: LatchkeyState): void {
  fact(root, 'status').replaceChildren(
    element('code', `status ${state.status}`, state.status),
    state.reason ? ` because: ${state.reason}` : state.subject ? ` as ${state.subject}` : '',
  )
  fact(root, 'sent-by').textContent = WHO[way.sentBy]
  fact(root, 'readable').textContent = way.place.tamper
    ? 'Yes, and an injected one, too'
    : 'No, the browser forbids it'
  showEnd(root, state)
  way.place.look().then((spots) => showSpots(fact(root, 'rests'), spots))
}

/** Counts down to the end. */
export function showEnd(root: HTMLElement, state: LatchkeyState): void {
  fact(root, 'ends').textContent = endOf(state)
}

function endOf({ status, expiresAt }: LatchkeyState): string {
  if (status !== 'signed-in' && status !== 'degraded') return 'Nothing to end'
  if (expiresAt === undefined) return 'Nobody said when'
  const seconds = Math.ceil((expiresAt - Date.now()) / 1000)
  if (seconds <= 0) return 'Over: the next call will notice'
  return `In ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} min`
}

function showSpots(target: HTMLElement, spots: readonly Spot[]): void {
  if (spots.length === 0) return void target.replaceChildren('Nowhere: there is nothing to keep')
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
