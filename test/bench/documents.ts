import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Table, tables } from './arguments.js'
import { type Chart, drawChart } from './chart.js'
import { type Figures, fileOf } from './figures.js'
import { pivot } from './pivot.js'
import type { Row } from './rows.js'
import { views } from './views/views.js'

/** The chart of a table, as its view has it. */
function chartOf(table: Table, rows: readonly Row[], facts: readonly string[]): Chart {
  const { title, unit, scale, bars } = views[table]
  return { title, unit, scale, bars: bars(rows), facts }
}

const INTRODUCTION = `# Measured

What Latchkey costs, beside what an app would take in its place: other packages that keep and attach a token, and what is written by
hand. They are in the tables of what an app loads, of what a request costs and of tabs whose token expires; start-up, growth and memory
are Latchkey's alone. Times are taken in one run, each in its turn, round by round, so that what disturbs one disturbs all; so many
tabs can't be open at once, so those take turns in parts, with Latchkey's strategies spread over them. A time is the median of all
rounds, and the thin line in a chart goes from the least to the most; refresh calls are the mean. Times depend on the
machine: compare them within a table. What is Latchkey's own is green in the charts and bold in the tables.
`

const RERUN = `## To measure it again

\`\`\`sh
npm ci && npm run build
npm run bench                                     # all tables, as text
npm run bench -- --only bytes --only growth       # some of them
npm run --silent bench -- --json > figures.json   # every row and every figure
npm run bench -- --docs                           # this page and its charts
npm run bench -- --docs --only bytes              # a part of it
npm run bench -- --docs --from figures.json       # drawn anew, without measuring
\`\`\`

The tables above are a part: every way of asking in both engines, with the least, the median and the most, is in
[\`bench/figures.json\`](bench/figures.json), which \`--docs\` writes, and in what \`--json\` prints. How each peer is used is in
[\`test/bench/peers\`](../test/bench/peers).
`

const listOf = (facts: readonly string[]) => facts.map((fact) => `- ${fact}`).join('\n')

/** What is so for all tables is said once. */
function sharedFacts(machine: Figures['machine']): string[] {
  const [first = [], ...others] = Object.values(machine)
  return first.filter((fact) => others.every((facts) => facts.includes(fact)))
}

function sectionOf(table: Table, rows: readonly Row[], facts: readonly string[]): string {
  const view = views[table]
  const grid = pivot(view.lines(rows), view.columns(rows))
  const note = facts.length > 0 ? `\n${facts.join('; ')}.\n` : ''
  return `## ${view.title}\n\n${view.text(rows).trim()}\n\n![${view.title}](bench/${table}.svg)\n\n${grid}\n${note}`
}

function pageOf({ rows, machine }: Figures): string {
  const shared = sharedFacts(machine)
  const sections = tables.flatMap((table) => {
    const own = machine[table]?.filter((fact) => !shared.includes(fact)) ?? []
    return rows[table] ? [sectionOf(table, rows[table], own)] : []
  })
  return [INTRODUCTION, `${listOf(shared)}\n`, ...sections, RERUN].join('\n')
}

/** Writes bench.md and, beside it, a chart for each table and all figures. */
export function writeDocs(figures: Figures, docs: string): void {
  mkdirSync(join(docs, 'bench'), { recursive: true })
  for (const table of tables) {
    const [rows, facts = []] = [figures.rows[table], figures.machine[table]]
    if (rows) writeFileSync(join(docs, 'bench', `${table}.svg`), drawChart(chartOf(table, rows, facts)))
  }
  writeFileSync(join(docs, 'bench', 'figures.json'), fileOf(figures))
  writeFileSync(join(docs, 'bench.md'), pageOf(figures))
}
