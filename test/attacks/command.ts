import { startVitest } from 'vitest/node'
import { parse } from './arguments.js'
import { createReporter, type Outcome } from './reporter.js'
import { rowsOf, tableOf } from './rows.js'
import { verdict } from './verdict.js'

/** Nothing but the result belongs on stdout, so what vitest says goes to stderr. */
async function attack(project: string[]): Promise<Outcome> {
  const reporter = createReporter()
  const { stderr } = process
  const options = { watch: false, project, reporters: [reporter] }
  const vitest = await startVitest('test', ['test/attacks/'], options, {}, { stdout: stderr, stderr })
  await vitest.close()
  return reporter.outcome
}

/** Runs the attacks that the command line names and prints what came of them; resolves to the exit code. */
export async function command(args: string[]): Promise<number> {
  try {
    const { json, where } = parse(args)
    const outcome = await attack(where)
    const rows = rowsOf(outcome.tallies)
    console.log(json ? JSON.stringify({ rows }) : tableOf(rows))
    const { warnings, wrong } = verdict(rows, outcome.failures, where)
    for (const line of [...warnings, ...wrong]) console.error(`attacks: ${line}`)
    return wrong.length > 0 ? 1 : 0
  } catch (error) {
    console.error(`attacks: ${error instanceof Error ? error.message : error}`)
    return 1
  }
}
