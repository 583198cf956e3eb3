import { element } from '../dom.js'
import { words } from '../word.js'
import type { Finding, Outcome } from './finding.js'

/** A row for each strategy. On a narrow screen it is no table to the eye, so that its roles are said. */
export function tableOf(
  caption: string,
  heads: readonly string[],
  findings: readonly Omit<Finding, 'short'>[],
): HTMLElement {
  const names = [words.attacks.strategy, ...heads]
  const head = roled('tr', 'row', ...names.map((name) => headOf('col', 'columnheader', name)))
  const rows = findings.map(({ victim, outcomes }) => rowOf(victim.title, heads, outcomes))
  const parts = [roled('thead', 'rowgroup', head), roled('tbody', 'rowgroup', ...rows)]
  const table = roled('table', 'table', element('caption', '', caption), ...parts)
  table.className = 'findings'
  return table
}

/** The row of a strategy; each cell knows its column's name for where there are no columns. */
export function rowOf(title: string, heads: readonly string[], outcomes: readonly Outcome[]): HTMLElement {
  const cells = outcomes.map((outcome, at) => cellOf(heads[at] ?? '', outcome))
  return roled('tr', 'row', headOf('row', 'rowheader', title), ...cells)
}

function headOf(scope: string, role: string, text: string): HTMLElement {
  const head = roled('th', role, text)
  head.setAttribute('scope', scope)
  return head
}

function cellOf(head: string, { tone, text, code }: Outcome): HTMLElement {
  const cell = roled('td', 'cell', element('p', '', text))
  if (code) cell.append(...code.split('\n').map((line) => element('code', '', line)))
  Object.assign(cell.dataset, { head, tone })
  return cell
}

function roled(
  tag: 'table' | 'thead' | 'tbody' | 'tr' | 'th' | 'td',
  role: string,
  ...content: (string | Node)[]
) {
  const made = element(tag, '', ...content)
  made.role = role
  return made
}
