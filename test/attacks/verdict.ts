import { type Row, sum } from './rows.js'

export interface Verdict {
  /** What whoever reads the rows has to know. */
  readonly warnings: string[]
  /** What makes the run a failure. */
  readonly wrong: string[]
}

/** Says what is wrong with a run, or missing in it. */
export function verdict(
  rows: readonly Row[],
  failures: readonly string[],
  where: readonly string[],
): Verdict {
  const left = where.filter((name) => rows.every(({ engine }) => engine !== name))
  const leaks = rows.filter(({ leaked }) => leaked > 0)
  return {
    warnings: left.map((name) => `*** NOTHING WAS TRIED IN ${name} ***`),
    wrong: [
      ...failures,
      ...leaks.map(({ kind, engine, leaked, cases }) => `${kind} in ${engine}: ${leaked} of ${cases} LEAKED`),
      ...(sum(rows).cases > 0 ? [] : ['no attack was tried at all']),
    ],
  }
}
