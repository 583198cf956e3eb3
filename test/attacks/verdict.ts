import { kindNames, leastOf } from './kinds.js'
import type { Failure } from './reporter.js'
import type { Row } from './rows.js'

/** What of an engine is missing in a run that should have tried it. */
function missingIn(engine: string, rows: readonly Row[]): string[] {
  const here = rows.filter((row) => row.engine === engine)
  if (here.length === 0) return [`*** NOTHING WAS TRIED IN ${engine} ***`]
  const casesOf = (kind: string) => here.find((row) => row.kind === kind)?.cases ?? 0
  return kindNames
    .map((kind) => ({ kind, cases: casesOf(kind), least: leastOf(kind, engine) }))
    .filter(({ cases, least }) => cases < least)
    .map(({ kind, cases, least }) => `${kind} in ${engine}: ${cases} cases of at least ${least} WERE TRIED`)
}

/** A test that failed may have ended before it had counted: its row is not what it would have been. */
function unproved(failures: readonly Failure[]): string[] {
  const rows = failures.flatMap(({ kind, engine }) => (kind ? `${kind} in ${engine}` : []))
  return [...new Set(rows)].map((row) => `${row}: a test FAILED, so its row is no proof`)
}

/** Says what is wrong with a run, or missing in it: anything at all makes it a failure. */
export function verdict(
  rows: readonly Row[],
  failures: readonly Failure[],
  where: readonly string[],
): string[] {
  const leaks = rows.filter(({ leaked }) => leaked > 0)
  return [
    ...failures.map(({ text }) => text),
    ...unproved(failures),
    ...leaks.map(({ kind, engine, leaked, cases }) => `${kind} in ${engine}: ${leaked} of ${cases} LEAKED`),
    ...where.flatMap((engine) => missingIn(engine, rows)),
  ]
}
