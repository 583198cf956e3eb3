import { startVitest } from 'vitest/node'
import { usableEngines } from '../harness/find.js'
import { mustBeBuilt } from '../package/built.js'
import { parse } from './arguments.js'
import { createReporter, type Outcome } from './reporter.js'
import { rowsOf, tableOf } from './rows.js'
import { verdict } from './verdict.js'

/** Nothing but the result belongs on stdout, so what vitest says goes to stderr. */
async function attack(where: readonly string[]): Promise<Outcome> {
  const reporter = createReporter()
  const { stderr } = process
  const here: readonly string[] = ['node', ...usableEngines()]
  // Vitest refuses a run of projects that it does not have, and ours have only the engines that are here.
  const project = where.filter((name) => here.includes(name))
  if (project.length === 0) return reporter.outcome
  const options = { watch: false, project, reporters: [reporter] }
  const vitest = await startVitest('test', ['test/attacks/'], options, {}, { stdout: stderr, stderr })
  await vitest.close()
  return reporter.outcome
}

/** Runs the attacks that the command line names and prints what came of them; resolves to the exit code. */
export async function command(args: string[]): Promise<number> {
  try {
    const { json, where } = parse(args)
    mustBeBuilt()
    const outcome = await attack(where)
    const rows = rowsOf(outcome.tallies)
    console.log(json ? JSON.stringify({ rows }) : tableOf(rows))
    const wrong = verdict(rows, outcome.failures, where)
    for (const line of wrong) console.error(`attacks: ${line}`)
    return wrong.length > 0 ? 1 : 0
  } catch (error) {
    console.error(`attacks: ${error instanceof Error ? error.message : error}`)
    return 1
  }
}
