import express, { type Express } from 'express'
import { createApi } from './api.js'
import { createPages, securityHeaders } from './pages.js'
import { answerError, notFound } from './refusal.js'
import type { Sessions } from './sessions.js'

/** The demo's own origin: two pages and an API. */
export function createApp(sessions: Sessions, foreignOrigin: string): Express {
  const app = express().disable('x-powered-by').disable('etag')
  app.use(securityHeaders(foreignOrigin), createPages())
  app.use('/api', createApi(sessions, foreignOrigin))
  return app.use(notFound, answerError)
}
