import express, { type Express } from 'express'
import { createApi } from './api.js'
import { createNotesApi } from './environments/api.js'
import { createEnvironmentPages } from './environments/pages.js'
import { createRecord } from './environments/record.js'
import { createGrants } from './grants.js'
import { createKinds } from './kinds.js'
import { createPages, securityHeaders } from './pages.js'
import { answerError, notFound } from './refusal.js'
import type { Sessions } from './sessions.js'

/** The demo's own origin: its pages and two APIs, that of the strategies and that of the environments. */
export function createApp(sessions: Sessions, foreignOrigin: string): Express {
  const grants = createGrants()
  const kinds = createKinds(grants)
  const record = createRecord()
  const app = express().disable('x-powered-by').disable('etag')
  app.use(securityHeaders(foreignOrigin), createPages(), createEnvironmentPages())
  app.use('/api', record, createNotesApi(sessions, kinds))
  app.use('/api', createApi({ sessions, grants, kinds, foreignOrigin }))
  return app.use(notFound, answerError)
}
