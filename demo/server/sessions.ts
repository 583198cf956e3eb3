import { RedisStore } from 'connect-redis'
import type { CookieOptions, RequestHandler } from 'express'
import session, { type Store } from 'express-session'
import { createClient } from 'redis'
import type { Config } from './config.js'
import { Refusal } from './refusal.js'
import { newSecret } from './secret.js'

declare module 'express-session' {
  interface SessionData {
    name: string
  }
}

export const SESSION_LIFE_SECONDS = 900
export const SESSION_COOKIE = 'latchkey_demo_sid'
export const COOKIE_ATTRIBUTES: CookieOptions = { httpOnly: true, sameSite: 'lax' }

export interface Sessions {
  /** Knows the sessions whose cookie is sent to that path and below. */
  at(path: string): RequestHandler
  close(): Promise<void>
}

export async function createSessions({ redisUrl, sessionSecret }: Config): Promise<Sessions> {
  const redis = redisUrl ? await connect(redisUrl) : undefined
  const store = redis && new RedisStore({ client: redis, prefix: 'latchkey-demo:' })
  const secret = sessionSecret ?? newSecret()
  return { at: (path) => sessionsIn(store, secret, path), close: async () => redis?.close() }
}

function sessionsIn(store: Store | undefined, secret: string, path: string): RequestHandler {
  const cookie = { ...COOKIE_ATTRIBUTES, path, maxAge: SESSION_LIFE_SECONDS * 1000 }
  const rest = store ? { store } : {}
  const keep = session({
    name: SESSION_COOKIE,
    secret,
    cookie,
    resave: false,
    saveUninitialized: false,
    ...rest,
  })
  return (request, response, next) => keep(request, response, (error) => next(error && unavailable(error)))
}

function unavailable(error: unknown): Refusal {
  console.error(`The session store failed: ${error}`)
  return new Refusal(503, 'store_unavailable', 'The session store can not be reached')
}

/** A Redis that is not there at the start is a mistake to report; one that goes away later may come back. */
async function connect(url: string) {
  let wasThere = false
  const reconnectStrategy = (retries: number) => (wasThere ? Math.min(retries * 100, 2_000) : false)
  const client = createClient({ url, disableOfflineQueue: true, socket: { reconnectStrategy } })
  client.on('error', (error) => wasThere && console.error(`Redis: ${error}`))
  await client.connect().catch((error) => {
    throw new Error(`REDIS_URL can not be reached: ${error}`)
  })
  wasThere = true
  return client
}
