import type { Table } from './arguments.js'
import { isSpread, type Row, type Rows } from './rows.js'

const cell = (value: Row[string] | undefined): string => {
  if (value === undefined) return '-'
  return isSpread(value) ? `${value.min} / ${value.median} / ${value.max}` : String(value)
}

const spaced = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

function columnsOf(rows: readonly Row[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))]
}

/** The rows as text, a line each and the head first. */
function cellsOf(rows: readonly Row[]): string[][] {
  const columns = columnsOf(rows)
  return [columns.map(spaced), ...rows.map((row) => columns.map((column) => cell(row[column])))]
}

function aligned(lines: readonly string[][]): string {
  const widths = lines[0]?.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0))) ?? []
  const pad = (text: string, at: number) =>
    at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0)
  return lines.map((line) => line.map(pad).join('  ').trimEnd()).join('\n')
}

export function tablesOf(rows: Rows): string {
  const all = Object.entries(rows) as [Table, readonly Row[]][]
  return all.map(([table, lines]) => `${table}\n\n${aligned(cellsOf(lines))}\n`).join('\n')
}
