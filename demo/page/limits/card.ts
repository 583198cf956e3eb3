import { element, part } from '../dom.js'
import { words } from '../word.js'
import { said } from './said.js'

/** What came of a try: in one sentence, and step by step. */
export interface Finding {
  readonly tone: 'good' | 'bad' | 'plain'
  readonly title: string
  readonly rows: readonly Row[]
}

/** What was tried, and the answer to it. */
export type Row = readonly [tried: string, answer: string]

/** One limit of the section: its buttons, and the place for what comes of them. */
export interface Card {
  readonly root: HTMLElement
  show(finding: Finding): void
  /** Tries it when the button is pressed, and shows what came of it. */
  on(action: string, attempt: () => Promise<Finding>): void
}

export function cardOf(section: ParentNode, id: string): Card {
  const root = part(section, `#limit-${id}`, HTMLElement)
  const result = part(root, '.result', HTMLElement)
  const show = ({ tone, title, rows }: Finding) => {
    result.dataset.tone = tone
    result.replaceChildren(element('strong', '', title), listOf(rows))
  }
  const attempted = async (attempt: () => Promise<Finding>) => {
    if (result.ariaBusy === 'true') return
    result.ariaBusy = 'true'
    result.replaceChildren(words.limits.trying)
    show(await attempt().catch(failed))
    result.ariaBusy = 'false'
  }
  const on = (action: string, attempt: () => Promise<Finding>) =>
    part(root, `[data-action=${action}]`, HTMLButtonElement).addEventListener('click', () =>
      attempted(attempt),
    )
  return { root, show, on }
}

function failed(error: unknown): Finding {
  return { tone: 'bad', title: words.limits.failed, rows: [[words.limits.browserSays, said(error)]] }
}

function listOf(rows: readonly Row[]): HTMLElement {
  const pairs = rows.map(([tried, answer]) =>
    element('div', '', element('dt', '', tried), element('dd', '', answer)),
  )
  return element('dl', 'tried', ...pairs)
}
