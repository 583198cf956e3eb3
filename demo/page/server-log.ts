import type { Did } from '../server/lab/did.js'
import type { Entry } from '../server/lab/log.js'

export type { Did, Entry }

export interface ServerLog {
  readonly last: number
  readonly entries: readonly Entry[]
}

export async function serverLog(after: number): Promise<ServerLog> {
  const response = await fetch(`/api/lab/log?after=${after}`)
  return response.json()
}

/** More than it will ever have. */
const NEWEST = 999_999_999

/** The number of its newest entry. */
export async function lastLogged(): Promise<number> {
  return (await serverLog(NEWEST)).last
}
