import express, { type RequestHandler, Router } from 'express'
import type { Kind } from '../kind.js'
import type { Kinds } from '../kinds.js'
import { LIMIT, routesOf, uncached } from '../routes.js'
import type { Sessions } from '../sessions.js'
import { environmentKinds, kindAt } from './hosts.js'
import { notesOf } from './notes.js'

const KNOWN = /^\/(login|logout|me|notes)$/

/** One API for three environments: the same addresses everywhere, and at each host its own kind of credential. */
export function createNotesApi(sessions: Sessions, { all }: Kinds): RequestHandler {
  const keep = sessions.at('/api')
  const apis = new Map<string, Router>()
  for (const name of environmentKinds) {
    const kind = all.get(name)
    if (kind) apis.set(name, apiOf(kind, keep))
  }
  return (request, response, next) => {
    const api = KNOWN.test(request.path) && apis.get(kindAt(request) ?? '')
    return api ? api(request, response, next) : next()
  }
}

function apiOf(kind: Kind, keepSession: RequestHandler): Router {
  const api = Router().use(uncached, express.json({ limit: LIMIT }))
  if (kind.sentByBrowser) api.use(keepSession)
  // The first asks for the CSRF token, where there has to be one, for the second as well.
  return api.use(routesOf(kind), notesOf(kind))
}
