import type { Tally } from './tally.js'

/** What the attacks of one kind came to in one engine. */
export interface Row extends Tally {
  readonly engine: string
}

type Counts = Pick<Tally, 'cases' | 'leaked' | 'nativeWouldLeak'>

export function sum(counts: readonly Counts[]): Counts {
  const total = (key: keyof Counts) => counts.reduce((before, one) => before + one[key], 0)
  return { cases: total('cases'), leaked: total('leaked'), nativeWouldLeak: total('nativeWouldLeak') }
}

/** One row for each kind and engine, in the order of their names. */
export function rowsOf(tallies: readonly Row[]): Row[] {
  const groups = new Map<string, Row>()
  for (const one of tallies) {
    const key = `${one.kind} ${one.engine}`
    const { kind, engine } = one
    groups.set(key, { kind, engine, ...sum([groups.get(key) ?? NOTHING, one]) })
  }
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

const NOTHING: Counts = { cases: 0, leaked: 0, nativeWouldLeak: 0 }

const HEAD = ['kind', 'engine', 'cases', 'leaked', 'native would leak']

/** The rows and their sums as text: words to the left, numbers to the right. */
export function tableOf(rows: readonly Row[]): string {
  const cells = [...rows, { kind: 'all', engine: '', ...sum(rows) }].map(
    ({ kind, engine, cases, leaked, nativeWouldLeak }) =>
      [kind, engine, cases, leaked, nativeWouldLeak].map(String),
  )
  const lines = [HEAD, ...cells]
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  const padded = (text: string, column: number) =>
    column < 2 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0)
  return lines.map((line) => line.map(padded).join('  ').trimEnd()).join('\n')
}
