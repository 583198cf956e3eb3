import { createOrigins } from '../request/origins.js'
import type { Data, Environment } from './environments.js'
import type { Fault } from './faults.js'

/** What is seen only when an environment's settings have taken the place of those for all. */
export function lacking(data: Data, environments: readonly Environment[]): Fault[] {
  if (!('environments' in data)) return lackingIn(data, data, [])
  if (!environments.length)
    return [{ path: ['environments'], must: 'be an object with an environment at least' }]
  return environments.flatMap(({ name, given, data: own }) => {
    const path = ['environments', name]
    const named = name ? [] : [{ path, must: 'have a name' }]
    return [...named, ...(given ? lackingIn(own, data, path) : [])]
  })
}

function lackingIn(own: Data, shared: Data, path: readonly string[]): Fault[] {
  const missing = ['strategy', 'allowedOrigins'].filter((name) => !(name in own || name in shared))
  const where = path.length ? 'be given, here or for all' : 'be given'
  return [
    ...missing.map((name) => ({ path: [...path, name], must: where })),
    ...insecureIn(own, shared, path),
  ]
}

function insecureIn(own: Data, shared: Data, path: readonly string[]): Fault[] {
  const { allowedOrigins, allowInsecureOrigins } = { ...shared, ...own }
  if (!Array.isArray(allowedOrigins) || allowInsecureOrigins === true) return []
  const owner = 'allowedOrigins' in own ? path : []
  return allowedOrigins.flatMap((origin, index) => {
    const at = [...owner, 'allowedOrigins', `${index}`]
    return isSecure(origin) ? [] : [{ path: at, must: 'be https, unless "allowInsecureOrigins" is true' }]
  })
}

function isSecure(origin: unknown): boolean {
  try {
    createOrigins([origin as string], false)
    return true
  } catch {
    return false
  }
}
