import { parseArgs } from 'node:util'

export const tables = ['bytes', 'perRequest', 'startUp', 'storm', 'growth', 'memory'] as const
const benchEngines = ['chromium', 'firefox'] as const

export type Table = (typeof tables)[number]
export type BenchEngine = (typeof benchEngines)[number]

export interface BenchArguments {
  readonly json: boolean
  /** Whether the pages and charts in docs/ are to be written anew. */
  readonly docs: boolean
  /** A file that `--json` has written, whose figures are shown in place of new ones. */
  readonly from: string | undefined
  readonly only: readonly Table[]
  readonly engines: readonly BenchEngine[]
  /** How often each figure is taken. */
  readonly rounds: number
  /** A part of the names that are measured. */
  readonly match: string
}

const flags = {
  json: { type: 'boolean' },
  docs: { type: 'boolean' },
  from: { type: 'string' },
  only: { type: 'string', multiple: true },
  engine: { type: 'string', multiple: true },
  rounds: { type: 'string' },
  match: { type: 'string' },
} as const

function someOf<T extends string>(
  flag: string,
  given: readonly string[] | undefined,
  all: readonly T[],
): T[] {
  const wrong = given?.find((name) => !all.some((one) => one === name))
  if (wrong !== undefined) throw new TypeError(`--${flag} must be one of ${all.join(', ')}, not "${wrong}"`)
  return all.filter((name) => !given || given.includes(name))
}

/** @throws TypeError with a sentence for whoever typed the command. */
export function parse(args: string[]): BenchArguments {
  const { values } = parseArgs({ args, options: flags })
  const { json = false, docs = false, from, only, engine, rounds = '9', match = '' } = values
  if (!/^[1-9]\d{0,2}$/.test(rounds))
    throw new TypeError(`--rounds must be a whole number from 1 to 999, not "${rounds}"`)
  if (docs && (engine || match))
    throw new TypeError('--docs shows all engines and all names: leave --engine and --match out')
  if (from && (engine || match || values.rounds))
    throw new TypeError('--from measures nothing: leave --engine, --match and --rounds out')
  return {
    json,
    docs,
    from,
    only: someOf('only', only, tables),
    engines: someOf('engine', engine, benchEngines),
    rounds: Number(rounds),
    match,
  }
}
