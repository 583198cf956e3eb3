import compression from 'compression'
import express, { type Express } from 'express'
import { createApi } from './api.js'
import type { Backing } from './backing.js'
import { createNotesApi } from './environments/api.js'
import { createEnvironmentPages } from './environments/pages.js'
import { createRecord } from './environments/record.js'
import { createGrants } from './grants.js'
import { createKinds } from './kinds.js'
import { createFarm } from './lab/farm.js'
import { createKeptNow } from './lab/kept-now.js'
import { createLimits } from './lab/limits.js'
import { createLog } from './lab/log.js'
import { createLab } from './lab.js'
import { onlyLocalHosts } from './local-hosts.js'
import { createPages, securityHeaders } from './pages.js'
import { createProofs } from './proofs.js'
import { answerError, notFound } from './refusal.js'
import { keyFrom } from './secret.js'
import { createSessions } from './sessions.js'
import { createTables } from './tables.js'

export interface AppParts {
  readonly backing: Backing
  /** Signs session cookies and JWTs. */
  readonly secret: string
  readonly foreignOrigin: string
  readonly serverName: string
}

/** The demo's own origin: its pages and two APIs, that of the strategies and that of the environments. */
export function createApp({ backing, secret, foreignOrigin, serverName }: AppParts): Express {
  const sessions = createSessions(backing, secret)
  const tables = createTables(backing)
  const grants = createGrants(tables)
  const proofs = createProofs(tables.proofs)
  const kinds = createKinds({ grants, tables, proofs, key: keyFrom(secret, 'latchkey demo: JWT') })
  const record = createRecord()
  const log = createLog(serverName)
  const app = express().disable('x-powered-by').disable('etag')
  app.use(compression(), securityHeaders(foreignOrigin), createLab(), createPages(), createEnvironmentPages())
  app.use('/api/lab', onlyLocalHosts)
  app.use('/api/lab/log', log.routes)
  app.use('/api/lab/limits', createLimits())
  app.use('/api/lab/farm', createFarm())
  app.use('/api/lab/kept', createKeptNow({ backing, tables, grants }))
  app.use('/api', log.keep, record, createNotesApi(sessions, kinds))
  app.use('/api', createApi({ sessions, grants, kinds, proofs, foreignOrigin }))
  return app.use(notFound, answerError)
}
