import { kindNames, kinds } from './kinds.js'
import type { Tally } from './tally.js'

/** What the attacks of one kind came to in one engine. */
export interface Row extends Tally {
  readonly engine: string
}

/** One row for each kind and engine, in the order of their names. */
export function rowsOf(tallies: readonly Row[]): Row[] {
  const groups = new Map<string, Row>()
  for (const one of tallies) {
    const key = `${one.kind} ${one.engine}`
    groups.set(key, added(one, groups.get(key)))
  }
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

function added({ kind, engine, cases, leaked, nativeWouldLeak }: Row, to?: Row): Row {
  return {
    kind,
    engine,
    cases: cases + (to?.cases ?? 0),
    leaked: leaked + (to?.leaked ?? 0),
    nativeWouldLeak: nativeWouldLeak + (to?.nativeWouldLeak ?? 0),
  }
}

const HEAD = ['kind', 'engine', 'cases', 'leaked', 'native would leak']

/** The rows as text, words to the left and numbers to the right, and below them what a case of each kind is. */
export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map(({ kind, engine, cases, leaked, nativeWouldLeak }) =>
    [kind, engine, cases, leaked, nativeWouldLeak].map(String),
  )
  const lines = [HEAD, ...cells]
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  const padded = (text: string, column: number) =>
    column < 2 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0)
  const tried = kindNames.filter((name) => rows.some(({ kind }) => kind === name))
  const legend = tried.map((name) => `${name}: ${kinds[name].says}`)
  return [...lines.map((line) => line.map(padded).join('  ').trimEnd()), '', ...legend].join('\n').trimEnd()
}
