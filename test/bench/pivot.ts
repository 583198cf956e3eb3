import { isOurs, type Row } from './rows.js'

/** What a table shows of a name: one figure of one of its rows. */
export interface Column {
  readonly head: string
  isOf(row: Row): boolean
  cell(row: Row): string
}

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

/** A table in Markdown with a line for each name, in the order of the rows. */
export function pivot(rows: readonly Row[], columns: readonly Column[]): string {
  const cellOf = (name: string) => (column: Column) => {
    const row = rows.find((one) => one.name === name && column.isOf(one))
    return row ? column.cell(row) : '–'
  }
  const names = [...new Set(rows.map(({ name }) => name))]
  const shown = (name: string) => (isOurs({ name }) ? `**${name}**` : name)
  return [
    line(['', ...columns.map(({ head }) => head)]),
    line(['---', ...columns.map(() => '--:')]),
    ...names.map((name) => line([shown(name), ...columns.map(cellOf(name))])),
  ].join('\n')
}
