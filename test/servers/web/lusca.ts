import { randomBytes } from 'node:crypto'
import lusca from 'lusca'
import type { Protection } from './express.js'

declare module 'express-session' {
  interface SessionData {
    _csrfSecret: string
  }
}

/** The secret is in the session, and each answer has a new token made with it in a cookie. */
export function protectedByLusca(): Protection {
  return {
    middleware: lusca.csrf({ angular: true }),
    // Another session's secret, since lusca has no function for it.
    rotate({ session }) {
      session._csrfSecret = randomBytes(10).toString('base64')
    },
    token: () => undefined,
  }
}
