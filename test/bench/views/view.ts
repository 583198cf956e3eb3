import type { Bar, Scale } from '../chart.js'
import type { Column } from '../pivot.js'
import { isOurs, isSpread, type Row } from '../rows.js'
import { written } from '../written.js'

/** What a reader sees of a table. */
export interface View {
  readonly title: string
  /** What was measured, and how to read it. */
  text(rows: readonly Row[]): string
  readonly unit: string
  readonly scale: Scale
  /** The bars of the chart: one figure, of those rows alone that can be compared. */
  bars(rows: readonly Row[]): Bar[]
  /** The rows whose names are the table's lines, in their order. */
  lines(rows: readonly Row[]): readonly Row[]
  columns(rows: readonly Row[]): Column[]
}

export type Test = (row: Row) => boolean

export const all: Test = () => true
export const inChromium: Test = ({ engine }) => engine === 'chromium'
export const inFirefox: Test = ({ engine }) => engine === 'firefox'

/** A figure as it is, or the middle of a spread. */
export function figure(row: Row, name: string): number {
  const value = row[name]
  return isSpread(value) ? value.median : Number(value)
}

export const column = (head: string, isOf: Test, name: string): Column => ({
  head,
  isOf,
  cell: (row) => written(figure(row, name)),
})

export function barOf(row: Row, name: string, more: Partial<Bar> = {}): Bar {
  const value = row[name]
  const spread = isSpread(value) ? value : { min: Number(value), median: Number(value), max: Number(value) }
  return { ...spread, label: row.name, isOurs: isOurs(row), ...more }
}

/** The rows by what one row of each name has, the names without it last. */
export function by(rows: readonly Row[], isOf: Test, name: string): Row[] {
  const at = (row: Row) => {
    const found = rows.find((one) => one.name === row.name && isOf(one))
    return found ? figure(found, name) : Number.MAX_VALUE
  }
  return rows.toSorted((one, other) => at(one) - at(other))
}
