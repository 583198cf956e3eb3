import type { LatchkeyState } from '../../../src/index.js'
import { part } from '../dom.js'
import type { Way } from '../ways/way.js'
import type { Action } from './actions.js'

/** A copy of the page's template, with the words and the buttons that fit the way. */
export function newPanel(way: Way): HTMLElement {
  const root = document.importNode(part(templateContent(), 'section', HTMLElement), true)
  root.id = `panel-${way.id}`
  root.setAttribute('aria-label', way.title)
  part(root, 'h3', HTMLElement).textContent = way.title
  part(root, '.about', HTMLElement).textContent = way.about
  part(root, '.code', HTMLElement).textContent = way.code
  for (const action of unfit(way)) part(root, `[data-action=${action}]`, HTMLElement).remove()
  return root
}

function templateContent(): DocumentFragment {
  return part(document, '#panel', HTMLTemplateElement).content
}

function unfit({ place, isRefreshable }: Way): Action[] {
  return [place.tamper ? 'forge' : 'tamper', ...(isRefreshable ? [] : (['refresh'] as const))]
}

/** What makes no sense now can't be pressed. Calling always does: the server's refusal is worth seeing. */
export function enable(root: HTMLElement, { status }: LatchkeyState): void {
  const isIn = status === 'signed-in' || status === 'degraded'
  for (const button of root.querySelectorAll('button')) {
    const { needs } = button.dataset
    button.disabled = status === 'unknown' || (needs !== undefined && (needs === 'signed-in') !== isIn)
  }
  part(root, 'input', HTMLInputElement).disabled = isIn
  root.dataset.status = status
}
