import { mustBeBuilt } from '../package/built.js'
import { type BenchArguments, parse, type Table } from './arguments.js'
import { bytes } from './bytes.js'
import { writeDocs } from './documents.js'
import { growth } from './growth.js'
import { memory } from './memory.js'
import { perRequest } from './per-request.js'
import type { Row, Rows } from './rows.js'
import { startUp } from './start-up.js'
import { tablesOf } from './tables.js'

type Measure = (options: BenchArguments) => Promise<readonly Row[]>

/** Loaded when it is asked for: it brings a whole provider along. */
const storm: Measure = async (options) => (await import('./storms.js')).storm(options)

const measures: Record<Table, Measure> = { bytes, perRequest, startUp, storm, growth, memory }

async function measured(options: BenchArguments): Promise<Rows> {
  const rows: Rows = {}
  for (const table of options.only) {
    console.error(`bench: ${table} …`)
    rows[table] = await measures[table](options)
  }
  return rows
}

/** Measures what the command line says and prints it; resolves to the exit code. */
export async function command(args: string[]): Promise<number> {
  try {
    const options = parse(args)
    mustBeBuilt()
    const rows = await measured(options)
    if (options.docs) writeDocs(rows)
    console.log(options.json ? JSON.stringify(rows, undefined, 2) : tablesOf(rows))
    return 0
  } catch (error) {
    console.error(`bench: ${error instanceof Error ? error.message : error}`)
    return 1
  }
}
