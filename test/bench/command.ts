import { join } from 'node:path'
import { mustBeBuilt, root } from '../package/built.js'
import { type BenchArguments, parse, type Table } from './arguments.js'
import { bytes } from './bytes.js'
import { writeDocs } from './documents.js'
import { type Figures, figuresIn, lastFigures, noFigures, together, withTable } from './figures.js'
import { growth } from './growth.js'
import { machineFacts, momentFacts } from './machine.js'
import { memory } from './memory.js'
import { perRequest } from './per-request.js'
import type { Row } from './rows.js'
import { startUp } from './start-up.js'
import { tablesOf } from './tables.js'

type Measure = (options: BenchArguments) => Promise<readonly Row[]>

/** Loaded when it is asked for: it brings a whole provider along. */
const storm: Measure = async (options) => (await import('./storms.js')).storm(options)

const measures: Record<Table, Measure> = { bytes, perRequest, startUp, storm, growth, memory }

/** Puts figures in the place of those in the documents; what they have no table of stays as it is. */
function keep(figures: Figures, docs: string): void {
  writeDocs(together(lastFigures(join(docs, 'bench', 'figures.json')), figures), docs)
}

/** Says what it is at: it takes long. */
async function timed(table: Table, options: BenchArguments): Promise<readonly Row[]> {
  const start = performance.now()
  console.error(`bench: ${table} …`)
  const rows = await measures[table](options)
  console.error(`bench: ${table} took ${Math.round((performance.now() - start) / 1000)} s`)
  return rows
}

/** All there are after each table, so that what one of them breaks does not cost the hour before. */
async function* measured(options: BenchArguments): AsyncGenerator<Figures> {
  mustBeBuilt()
  let figures = noFigures
  for (const table of options.only) {
    const facts = [...machineFacts(), ...momentFacts()]
    figures = withTable(figures, table, await timed(table, options), facts)
    yield figures
  }
}

function print({ rows }: Figures, isJson: boolean): void {
  console.log(isJson ? JSON.stringify(rows, undefined, 2) : tablesOf(rows))
}

async function run(options: BenchArguments, docs: string): Promise<void> {
  const { from, only, json } = options
  let done: Figures | undefined
  try {
    const all = from === undefined ? measured(options) : [figuresIn(from, only, machineFacts)]
    for await (const figures of all) {
      done = figures
      if (options.docs) keep(figures, docs)
    }
  } finally {
    if (done) print(done, json)
  }
}

/** Does what the command line says and prints the figures, as far as it came; resolves to the exit code. */
export async function command(args: string[], docs: string = join(root, 'docs')): Promise<number> {
  try {
    await run(parse(args), docs)
    return 0
  } catch (error) {
    console.error(`bench: ${error instanceof Error ? error.message : error}`)
    return 1
  }
}
