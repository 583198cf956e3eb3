import { element, part } from '../dom.js'
import { filled, words } from '../word.js'
import type { Advice } from './advice.js'
import { written } from './written.js'

/** Shows what to take, why, and what to write. */
export function showAdvice(root: HTMLElement, { kind, reasons, configuration, code }: Advice): void {
  part(root, '.given', HTMLElement).hidden = false
  say(root, 'good', filled(words.choose.take, { strategy: words.choose.kinds[kind] }))
  const items = reasons.map((reason) => element('li', '', words.choose.reasons[reason]))
  part(root, '.reasons', HTMLElement).replaceChildren(...items)
  part(root, '[data-file=json]', HTMLElement).textContent = written(configuration)
  part(root, '[data-file=ts]', HTMLElement).textContent = code
}

/** Says that there is none before the addresses are right. */
export function showFault(root: HTMLElement): void {
  part(root, '.given', HTMLElement).hidden = true
  say(root, 'bad', words.choose.mendFirst)
}

function say(root: HTMLElement, tone: 'good' | 'bad', text: string): void {
  const result = part(root, '.result', HTMLElement)
  result.dataset.tone = tone
  // Said again only where it is another: a reader of the screen hears each change.
  if (result.textContent !== text) result.replaceChildren(element('strong', '', text))
}
