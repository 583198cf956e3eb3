import { element, part } from '../../dom.js'
import type { Way } from '../../ways/way.js'
import { filled, words } from '../../word.js'
import { type Result, textOf } from '../story/result.js'
import type { Step } from '../story/step.js'
import { drawn } from './diagram.js'
import { messagesOf } from './messages.js'

const says = words.sideBySide

/** Shows what happened in one step of one way: told in a sentence, and drawn. */
export function showHappened(root: HTMLElement, way: Way, step: Step, result: Result): void {
  const happened = part(root, '#happened', HTMLElement)
  const { name, about } = says.steps[step]
  happened.dataset.cell = `${step}/${way.id}`
  happened.replaceChildren(
    element('h3', '', filled(says.happened, { way: way.title, step: name })),
    element('p', 'about', about),
    outcome(result),
    ...drawn(messagesOf(result.acts)),
  )
}

function outcome(result: Result): HTMLElement {
  const line = element('p', 'outcome', textOf(result))
  line.dataset.tone = result.tone
  return line
}

/** As long as there is nothing to show. */
export function showNothing(root: HTMLElement): void {
  const happened = part(root, '#happened', HTMLElement)
  delete happened.dataset.cell
  happened.replaceChildren(element('h3', '', says.whatHappened), element('p', 'about', says.nothingYetHere))
}
