import type { Request } from 'express'

/**
 * What each of the three servers takes for a credential. Elsewhere they would be three, each with this in its own
 * settings: here one process plays them all, and the host says whose part it is.
 */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['localhost', 'short-jwt'],
  ['staging.localhost', 'day-token'],
  ['production.localhost', 'session'],
])

export const environmentKinds: readonly string[] = [...KINDS.values()]

export function kindAt({ hostname }: Request): string | undefined {
  return KINDS.get(hostname)
}
