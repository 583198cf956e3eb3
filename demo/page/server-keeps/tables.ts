import { element } from '../dom.js'
import { filled, words } from '../word.js'

/** One row of what the server keeps; what is secret in it is shortened. */
export interface Row {
  readonly id?: string
  readonly hash?: string
  readonly kind?: string
  readonly name: string
  readonly endsAt: number
  readonly spent?: boolean
  readonly signedOut?: boolean
}

export const TABLES = ['sessions', 'tokenHashes', 'signIns', 'refreshTokens', 'denied'] as const

export type TableName = (typeof TABLES)[number]

/** How many of them are shown. */
const MOST = 5

const { tables: texts, columns, states } = words.serverKeeps

/** A table with what it means. Rows that are not among those of before are marked as new. */
export function tableOf(name: TableName, rows: readonly Row[], before: ReadonlySet<string>): HTMLElement {
  const newest = rows.toReversed()
  const shown = newest.slice(0, MOST).map((row) => rowOf(row, !before.has(keyOf(row))))
  const rest = newest.length - shown.length
  const title = element('h3', '', `${texts[name].title} (${rows.length})`)
  const about = element('p', '', texts[name].about)
  const block = element('div', 'keeps-table', title, about, tableWith(name, shown))
  block.dataset.table = name
  if (rest > 0) block.append(element('p', 'keeps-rest', filled(words.serverKeeps.andMore, { rest })))
  return block
}

export function keyOf({ id = '', hash = '', spent, signedOut }: Row): string {
  return `${id}${hash} ${spent} ${signedOut}`
}

function tableWith(name: TableName, rows: readonly HTMLElement[]): HTMLElement {
  const first = name === 'tokenHashes' || name === 'refreshTokens' ? columns.hash : columns.id
  const heads = [first, columns.whose, columns.ends].map((text) => {
    const head = element('th', '', text)
    head.scope = 'col'
    return head
  })
  const nothing = element('td', 'keeps-nothing', words.serverKeeps.nothing)
  nothing.colSpan = heads.length
  const body = rows.length > 0 ? rows : [element('tr', '', nothing)]
  const table = element('table', '', element('thead', '', element('tr', '', ...heads)))
  table.ariaLabel = texts[name].title
  table.append(element('tbody', '', ...body))
  return table
}

function rowOf(row: Row, isNew: boolean): HTMLElement {
  const head = element('th', '', element('code', '', row.hash ?? row.id ?? ''))
  head.scope = 'row'
  if (isNew) head.append(' ', element('span', 'badge', words.serverKeeps.new))
  const whose = [row.name, row.kind].filter(Boolean).join(' · ')
  return element('tr', stateOf(row) && 'keeps-over', head, element('td', '', whose), ends(row))
}

function stateOf({ spent, signedOut }: Row): string {
  if (spent) return states.spent
  return signedOut ? states.signedOut : ''
}

function ends(row: Row): HTMLElement {
  const time = new Date(row.endsAt).toLocaleTimeString(words.lab.language, { hour12: false })
  const state = stateOf(row)
  return element('td', '', time, ...(state ? [element('span', 'keeps-state', state)] : []))
}
