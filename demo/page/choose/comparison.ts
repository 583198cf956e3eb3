import { element } from '../dom.js'
import { words } from '../word.js'

const { columns, rows } = words.choose

type Column = keyof typeof columns
type Row = keyof typeof rows

/** The table of all strategies, a row each. */
export function fillComparison(table: HTMLTableElement): void {
  const heads = keys<Column>(columns).map((column) => headOf('col', columns[column]))
  const head = element('thead', '', element('tr', '', headOf('col', words.choose.strategy), ...heads))
  table.replaceChildren(head, element('tbody', '', ...keys<Row>(rows).map(rowOf)))
}

function rowOf(name: Row): HTMLElement {
  const { title, code, ...facts } = rows[name]
  const head = headOf('row', title)
  head.append(element('code', '', code))
  const cells = keys<Column>(columns).map((column) => element('td', '', facts[column]))
  return element('tr', '', head, ...cells)
}

function headOf(scope: 'col' | 'row', text: string): HTMLTableCellElement {
  const head = element('th', '', text)
  head.scope = scope
  return head
}

function keys<K extends string>(object: Readonly<Record<K, unknown>>): K[] {
  return Object.keys(object) as K[]
}
