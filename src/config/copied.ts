import type { Fault } from './faults.js'

/** JSON data that is the caller's no more, and on no prototype: what it does not have itself is not there. */
export interface Copied {
  readonly data: Readonly<Record<string, unknown>>
  readonly faults: readonly Fault[]
}

/** Copies what was given. Names that mean something else to an object are faults, but for an environment's. */
export function copied(given: object): Copied {
  const faults: Fault[] = []
  const copy = (value: unknown, path: readonly string[]): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (path.length > DEPTH) return undefined
    const entries = Object.entries(value).map(([name, one]) => [name, copy(one, [...path, name])] as const)
    if (Array.isArray(value)) return entries.map(([, one]) => one)
    const object: Record<string, unknown> = Object.create(null)
    for (const [name, one] of entries) {
      if (one === undefined) continue
      if (RESERVED.test(name) && path.join() !== 'environments')
        faults.push({ path: [...path, name], must: 'not be there' })
      else object[name] = one
    }
    return object
  }
  return { data: copy(given, []) as Copied['data'], faults }
}

/** Deeper than any configuration is: an object that holds itself has no end. */
const DEPTH = 16

/** What valibot passes over, for the same reason. */
const RESERVED = /^(__proto__|prototype|constructor)$/
