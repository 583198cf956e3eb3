import { inject } from 'vitest'
import type { Entry } from '../bench-server/record.js'
import type {} from './global-setup.js'

export interface BenchOrigin {
  /** The origin alone, as in `http://localhost:1234`. */
  readonly origin: string
  /** An address below this test's own id, as in `at('echo?a=1')`. */
  at(path: string): string
  /** All this origin was asked below this test's id, preflights included. */
  log(): Promise<Entry[]>
}

// Taken now, because a test may put its own fetch in the place of the global one.
const plainFetch = globalThis.fetch.bind(globalThis)

function benchOrigin(origin: string, id: string): BenchOrigin {
  const at = (path: string) => `${origin}/${id}/${path}`
  const log = async () => (await plainFetch(at('log'), { cache: 'no-store' })).json()
  return { origin, at, log }
}

/** A corner of the bench server of a test's own: two origins which see no other test's requests. */
export function newBench(): { api: BenchOrigin; foreign: BenchOrigin } {
  const id = crypto.randomUUID()
  const urls = inject('bench')
  return { api: benchOrigin(urls.api, id), foreign: benchOrigin(urls.foreign, id) }
}
