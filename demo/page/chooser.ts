import type { LatchkeyState } from '../../src/index.js'
import { element, part } from './dom.js'
import { createPanel } from './panel.js'
import type { Way } from './way.js'

/** Puts a card for each way beside its panel. The address remembers which one is chosen. */
export function createChooser(ways: readonly Way[]): void {
  const chosen = ways.find(({ id }) => location.hash === `#${id}`) ?? ways[0]
  for (const way of ways) {
    const { card, tell } = createCard(way, way === chosen)
    const panel = createPanel(way, tell)
    panel.hidden = way !== chosen
    part(document, '#cards', HTMLElement).append(card)
    part(document, '#panels', HTMLElement).append(panel)
    card.addEventListener('change', () => choose(way, panel))
  }
}

function choose({ id }: Way, chosen: HTMLElement): void {
  history.replaceState(null, '', `#${id}`)
  for (const panel of document.querySelectorAll<HTMLElement>('#panels > section'))
    panel.hidden = panel !== chosen
}

function createCard({ id, title, rests, travels }: Way, isChosen: boolean) {
  const radio = element('input', '')
  Object.assign(radio, { type: 'radio', name: 'way', id: `way-${id}`, checked: isChosen })
  const status = element('span', 'dot')
  const facts = element('span', 'rests', `${rests} → ${travels}`)
  const card = element('label', 'card', radio, element('span', 'title', title), facts, status)
  const tell = (state: LatchkeyState) => {
    status.dataset.status = state.status
    status.textContent = state.status === 'unknown' ? '' : state.status.replace('-', ' ')
  }
  return { card, tell }
}
