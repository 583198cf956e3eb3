import type { CookieOptions, RequestHandler } from 'express'
import session from 'express-session'
import type { Backing } from './backing.js'
import { NotedStore } from './lab/noted-store.js'
import { unavailable } from './redis.js'

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
  at(path: string, cookie?: string): RequestHandler
}

/** @param secret signs the cookies */
export function createSessions({ sessionStore, where }: Backing, secret: string): Sessions {
  const at = (path: string, name = SESSION_COOKIE): RequestHandler => {
    const keep = session({
      name,
      secret,
      store: new NotedStore(sessionStore, where),
      cookie: { ...COOKIE_ATTRIBUTES, path, maxAge: SESSION_LIFE_SECONDS * 1000 },
      // Their time starts anew in the browser, too.
      rolling: true,
      resave: false,
      saveUninitialized: false,
    })
    return (request, response, next) => keep(request, response, (error) => next(error && unavailable(error)))
  }
  return { at }
}
