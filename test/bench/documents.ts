import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Table } from './arguments.js'
import { type Bar, type Chart, drawChart } from './chart.js'
import { machineFacts } from './machine.js'
import { isOurs, isSpread, type Row, type Rows } from './rows.js'
import { cellsOf } from './tables.js'

const docs = fileURLToPath(new URL('../../docs/', import.meta.url))

/** What a table's chart shows: one figure, of those rows alone that can be compared. */
interface View {
  readonly title: string
  readonly unit: string
  readonly figure: string
  isShown(row: Row): boolean
  /** What tells rows of one name apart. */
  label(row: Row): string
}

const named = ({ name }: Row) => name
const isBase = ({ engine, fetch, method, input, concurrent, tokenBytes }: Row) =>
  engine === 'chromium' &&
  fetch === 'stubbed' &&
  method === 'GET' &&
  input === 'string' &&
  concurrent === 1 &&
  tokenBytes === 1024

const views: Record<Table, View> = {
  bytes: {
    title: 'What an app loads',
    unit: 'bytes, gzip',
    figure: 'gzip',
    isShown: () => true,
    label: named,
  },
  perRequest: {
    title: 'What a GET costs more than by hand: stubbed fetch, token of 1 KB, Chromium',
    unit: 'microseconds over bare fetch',
    figure: 'overBare',
    isShown: (row) => isBase(row) && row.overBare !== undefined,
    label: named,
  },
  startUp: {
    title: 'From the first line of script to the first answer, Chromium',
    unit: 'milliseconds',
    figure: 'firstAnswerMs',
    isShown: ({ engine }) => engine === 'chromium',
    label: ({ name, profile }) => `${name}, ${profile}`,
  },
  storm: {
    title: 'Tabs that all ask when their token has expired: until the last answer, Chromium',
    unit: 'milliseconds',
    figure: 'lastAnswerMs',
    isShown: ({ engine }) => engine === 'chromium',
    label: ({ name, tabs }) => `${name}, ${tabs} tabs`,
  },
  growth: {
    title: 'What a request costs when there is more of something, Chromium',
    unit: 'microseconds',
    figure: 'microseconds',
    isShown: ({ engine, name }) => engine === 'chromium' && !name.includes('waiting'),
    label: ({ name, count }) => `${count} ${name.replace('latchkey ', '')}`,
  },
  memory: {
    title: 'What stays in memory, Chromium',
    unit: 'bytes',
    figure: 'bytes',
    isShown: () => true,
    label: named,
  },
}

function barOf(row: Row, { figure, label }: View): Bar {
  const value = row[figure]
  const spread = isSpread(value) ? value : { min: Number(value), median: Number(value), max: Number(value) }
  return { ...spread, label: label(row), isOurs: isOurs(row) }
}

/** The chart of a table, as its view has it. */
export function chartOf(table: Table, rows: readonly Row[], facts: readonly string[]): Chart {
  const view = views[table]
  const bars = rows.filter(view.isShown).map((row) => barOf(row, view))
  return { title: view.title, unit: view.unit, bars, facts }
}

function sectionOf(table: Table, rows: readonly Row[]): string {
  const [head = [], ...body] = cellsOf(rows)
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const grid = [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n')
  return `## ${views[table].title}\n\n![${views[table].title}](bench/${table}.svg)\n\n${grid}\n`
}

const INTRODUCTION = `# Measured

Written by \`npm run bench -- --docs\`, all in one run: each in its turn, round by round, so that what disturbs one disturbs
all. Three figures are the least, the median and the most of all rounds. Times depend on the machine; compare them within a table.
`

/** Writes docs/bench.md and a chart for each table beside it. */
export function writeDocs(rows: Rows): void {
  const facts = machineFacts()
  const all = Object.entries(rows) as [Table, readonly Row[]][]
  mkdirSync(`${docs}bench`, { recursive: true })
  for (const [table, lines] of all)
    writeFileSync(`${docs}bench/${table}.svg`, drawChart(chartOf(table, lines, facts)))
  const machine = facts.map((fact) => `- ${fact}`).join('\n')
  const sections = all.map(([table, lines]) => sectionOf(table, lines)).join('\n')
  writeFileSync(`${docs}bench.md`, `${INTRODUCTION}\n${machine}\n\n${sections}`)
}
