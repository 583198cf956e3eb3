import express, { type RequestHandler, Router } from 'express'
import type { Grants } from './grants.js'
import { checked, refreshGrant } from './input.js'
import type { Kinds } from './kinds.js'
import { notAllowed, notFound, Refusal } from './refusal.js'
import { LIMIT, routesOf, uncached } from './routes.js'
import type { Sessions } from './sessions.js'

export interface ApiParts {
  readonly sessions: Sessions
  readonly grants: Grants
  readonly kinds: Kinds
  readonly foreignOrigin: string
}

export function createApi({ sessions, grants, kinds, foreignOrigin }: ApiParts): RequestHandler {
  const api = Router().use(uncached, express.json({ limit: LIMIT }))
  api.use('/session', sessions.at('/api/session'))
  api
    .route('/config')
    .get((_, response) => void response.json({ foreignOrigin }))
    .all(notAllowed('GET'))
  const form = express.urlencoded({ extended: false, limit: LIMIT })
  api.route('/token').post(form, refresh(kinds, grants)).all(notAllowed('POST'))
  for (const [name, kind] of kinds.all) api.use(`/${name}`, routesOf(kind))
  return api.use(notFound)
}

/** RFC 6749 s. 6, with the errors of s. 5.2. */
function refresh(kinds: Kinds, { spend }: Grants): RequestHandler {
  return async (request, response) => {
    const { refresh_token } = checked(refreshGrant, request.body, 'invalid_request')
    const grant = spend(refresh_token)
    if (!grant) throw new Refusal(400, 'invalid_grant', 'This refresh token is unknown, spent or ended')
    response.json(await kinds.tokenResponse(grant))
  }
}
