export interface SizeRow {
  readonly name: string
  readonly gzip: number
}

const KILOBYTE = 1024

function cellsOf(line: string): string[] {
  const inner = line.trim().replace(/^\||\|$/g, '')
  return inner.split('|').map((cell) => cell.replace(/[`*]/g, '').trim())
}

/** The tables of a README, each a list of rows, its head first. */
function tablesOf(markdown: string): string[][][] {
  const blocks = markdown.match(/(?:^[ \t]*\|.*\n?)+/gm) ?? []
  const isRule = (line: string) => /^[\s|:-]+$/.test(line)
  return blocks.map((block) =>
    block
      .trim()
      .split('\n')
      .filter((line) => !isRule(line))
      .map(cellsOf),
  )
}

/** The figure of each import, from tables that have a column for gzip. */
function claims(markdown: string): Map<string, string> {
  const rows = tablesOf(markdown).flatMap(([head = [], ...body]) => {
    const column = head.findIndex((cell) => /gzip/i.test(cell))
    return column < 0 ? [] : body.map((cells) => [cells[0] ?? '', cells[column] ?? ''] as const)
  })
  return new Map(rows)
}

/** What a README says of sizes that is not so, and what it does not say. */
export function wrongSizes(markdown: string, rows: readonly SizeRow[]): string[] {
  const said = claims(markdown)
  return rows.flatMap(({ name, gzip }) => {
    const expected = `${(gzip / KILOBYTE).toFixed(1)} KB`
    const found = said.get(name)?.replace(/\u00a0/g, ' ')
    return found === expected ? [] : [`${name}: the README says ${found ?? 'nothing'}, it is ${expected}`]
  })
}
