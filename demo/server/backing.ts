import { promisify } from 'node:util'
import { RedisStore } from 'connect-redis'
import session, { type SessionData, type Store } from 'express-session'
import type { Ending } from './expiring.js'
import { type Kept, keptInMemory } from './kept.js'
import { allIn, connect, keptInRedis } from './redis.js'

/** Where the server keeps what it has to know of who is signed in. */
export interface Backing {
  readonly where: 'memory' | 'redis'
  readonly sessionStore: Store
  sessions(): Promise<readonly Ending<SessionData>[]>
  /** A table of its own for each name. */
  kept<V>(name: string, lifeSeconds: number): Kept<V>
  close(): Promise<void>
}

/** In this process alone: it is forgotten when the process ends. */
export function inMemory(): Backing {
  const sessionStore = new session.MemoryStore()
  const all = promisify(sessionStore.all.bind(sessionStore))
  return {
    where: 'memory',
    sessionStore,
    async sessions() {
      const found = Object.entries((await all()) ?? {})
      return found.map(([key, value]) => ({
        key,
        value,
        endsAt: Number(new Date(value.cookie.expires ?? 0)),
      }))
    },
    kept: (_name, lifeSeconds) => keptInMemory(lifeSeconds),
    close: async () => {},
  }
}

const SESSIONS = 'latchkey-demo:'

/** Where other processes find it as well, and this one when it starts again. */
export async function inRedis(url: string): Promise<Backing> {
  const client = await connect(url)
  return {
    where: 'redis',
    sessionStore: new RedisStore({ client, prefix: SESSIONS }),
    // Redis knows the end of each: what is in the session is when it was to end at first.
    sessions: () => allIn(client, SESSIONS),
    kept: (name, lifeSeconds) => keptInRedis(client, `latchkey-demo.${name}:`, lifeSeconds),
    close: async () => client.close(),
  }
}
