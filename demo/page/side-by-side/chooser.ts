import type { LatchkeyState, Listener } from '../../../src/index.js'
import { address } from '../address.js'
import { element, part } from '../dom.js'
import type { Keeper } from '../ways/keeper.js'
import type { Way } from '../ways/way.js'
import { words } from '../word.js'
import { createPanel } from './panel.js'

type Hear = (way: Way, ...told: Parameters<Listener>) => void

/** Puts a card for each way beside its panel, and hands out their keepers. The address remembers which one is chosen. */
export function createChooser(ways: readonly Way[], hear: Hear): readonly Keeper[] {
  const chosen = ways.find(({ id }) => id === address().detail) ?? ways[0]
  return ways.map((way) => {
    const { card, tell } = createCard(way, way === chosen)
    const { root: panel, keeper } = createPanel(way, (state, event) => {
      tell(state)
      hear(way, state, event)
    })
    panel.hidden = way !== chosen
    part(document, '#cards', HTMLElement).append(card)
    part(document, '#panels', HTMLElement).append(panel)
    card.addEventListener('change', () => choose(way, panel))
    return keeper
  })
}

function choose({ id }: Way, chosen: HTMLElement): void {
  history.replaceState(null, '', `#side-by-side/${id}`)
  for (const panel of document.querySelectorAll<HTMLElement>('#panels > section'))
    panel.hidden = panel !== chosen
}

function createCard({ id, title, rests, travels }: Way, isChosen: boolean) {
  const radio = element('input', '')
  Object.assign(radio, { type: 'radio', name: 'way', id: `way-${id}`, value: id, checked: isChosen })
  const status = element('span', 'dot')
  const facts = element('span', 'rests', `${rests} → ${travels}`)
  const card = element('label', 'card', radio, element('span', 'title', title), facts, status)
  const tell = (state: LatchkeyState) => {
    status.dataset.status = state.status
    status.textContent = words.sideBySide.cardStatus[state.status]
  }
  return { card, tell }
}
