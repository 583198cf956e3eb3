/** One thing that is wrong with a configuration, and what it must be instead. */
export interface ConfigurationFault {
  /** Where, with dots: `environments.production.strategy.type`. */
  readonly path: string
  /** What it must be. Never what it is, which may be a secret. */
  readonly must: string
}

/** The names on the way to what is wrong. */
export interface Fault {
  readonly path: readonly string[]
  readonly must: string
  /** Whether another page could do with it, such as one on https. */
  readonly isOfPage?: boolean | undefined
}

/** All of them, in one error: its `cause` is the list. Those of another such error may be among them. */
export function wrongIn(faults: readonly (Fault | ConfigurationFault)[]): TypeError {
  const all = new Map<string, ConfigurationFault>()
  for (const { path: keys, must } of faults) {
    const path = typeof keys === 'string' ? keys : keys.map(written).join('.')
    if (!all.has(path)) all.set(path, Object.freeze({ path, must }))
  }
  const cause = Object.freeze([...all.values()])
  const lines = cause.map(({ path, must }) => `${path} must ${must}`)
  const places = cause.length === 1 ? '1 place' : `${cause.length} places`
  return new TypeError([`"config" must be right in ${places}:`, ...lines].join('\n'), { cause })
}

/** A name that could be taken for two is quoted. */
function written(key: string): string {
  return /^[^\s."]+$/.test(key) ? key : JSON.stringify(key)
}

/** What a factory has said of its options: `"option" must …`. */
export function saidIn(error: unknown): { option: string; must: string } {
  if (!(error instanceof TypeError)) throw error
  const [, option = '', must = error.message] = /^"([^"]*)" must (.*)$/s.exec(error.message) ?? []
  return { option, must }
}

/** What to do about a name that nobody knows. */
export function unknownName(name: string, known: readonly string[]): string {
  const [nearest = ''] = [...known].sort((one, other) => distance(name, one) - distance(name, other))
  return isNear(name, nearest) ? `be written "${nearest}"` : `not be there: what may is ${known.join(', ')}`
}

function isNear(name: string, known: string): boolean {
  return distance(name, known) <= Math.max(1, known.length / 3)
}

/** How many letters have to be put in, left out or changed (Levenshtein), whatever their case. */
export function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (const letter of one.toLowerCase()) {
    const next = [(row[0] ?? 0) + 1]
    for (const [column, wanted] of [...other.toLowerCase()].entries()) {
      const changed = (row[column] ?? 0) + Number(wanted !== letter)
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
