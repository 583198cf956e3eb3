import { existsSync, readFileSync } from 'node:fs'
import { type Table, tables } from './arguments.js'
import type { Row, Rows } from './rows.js'

/** Rows, and what the machine was that each table is from. */
export interface Figures {
  readonly rows: Rows
  readonly machine: Partial<Record<Table, readonly string[]>>
}

export const noFigures: Figures = { rows: {}, machine: {} }

export function withTable(
  { rows, machine }: Figures,
  table: Table,
  those: readonly Row[],
  facts: readonly string[],
): Figures {
  return { rows: { ...rows, [table]: those }, machine: { ...machine, [table]: facts } }
}

/** The later ones in the place of those before. */
export const together = (before: Figures, later: Figures): Figures => ({
  rows: { ...before.rows, ...later.rows },
  machine: { ...before.machine, ...later.machine },
})

/**
 * What a file has of some tables: one that `--json` has written, or the one in docs/, which says of what machine it is.
 *
 * @param facts what is taken for the machine where the file says nothing of it
 */
export function figuresIn(path: string, only: readonly Table[], facts: () => readonly string[]): Figures {
  const { machine = {}, ...rows }: Rows & Pick<Partial<Figures>, 'machine'> = JSON.parse(
    readFileSync(path, 'utf8'),
  )
  const found = only.flatMap((table) => (rows[table] ? ([[table, rows[table]]] as const) : []))
  if (found.length === 0) throw new Error(`${path} has none of the tables ${only.join(', ')}`)
  return found.reduce<Figures>(
    (all, [table, those]) => withTable(all, table, those, machine[table] ?? facts()),
    noFigures,
  )
}

/** Those of the last time, if there was one. */
export const lastFigures = (path: string): Figures =>
  existsSync(path) ? figuresIn(path, tables, () => []) : noFigures

/** As a file has them, a line each; but for what is said of the machine it is the output of `--json`. */
export function fileOf({ rows, machine }: Figures): string {
  const list = (those: readonly unknown[]) => `[\n${those.map((one) => JSON.stringify(one)).join(',\n')}\n]`
  const all = Object.entries(rows).map(([table, those]) => `${JSON.stringify(table)}: ${list(those)}`)
  return `{\n"machine": ${JSON.stringify(machine)},\n${all.join(',\n')}\n}\n`
}
