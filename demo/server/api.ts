import express, { type RequestHandler, Router } from 'express'
import { giveCsrfToken, requireCsrfToken } from './csrf.js'
import { createGrants, type Grants } from './grants.js'
import { checked, login, refreshGrant } from './input.js'
import type { Kind } from './kind.js'
import { createKinds, type Kinds } from './kinds.js'
import { notAllowed, notFound, Refusal } from './refusal.js'
import { seen } from './seen.js'
import type { Sessions } from './sessions.js'

const LIMIT = '4kb'

export function createApi(sessions: Sessions, foreignOrigin: string): RequestHandler {
  const grants = createGrants()
  const kinds = createKinds(grants)
  const api = Router().use(uncached, giveCsrfToken, express.json({ limit: LIMIT }))
  api.use('/session', sessions.middleware)
  api
    .route('/config')
    .get((_, response) => void response.json({ foreignOrigin: foreignOrigin }))
    .all(notAllowed('GET'))
  const form = express.urlencoded({ extended: false, limit: LIMIT })
  api.route('/token').post(form, refresh(kinds, grants)).all(notAllowed('POST'))
  for (const [name, kind] of kinds.all) api.use(`/${name}`, routesOf(kind))
  return api.use(notFound)
}

const uncached: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store')
  next()
}

function routesOf(kind: Kind): Router {
  const routes = Router()
  if (kind.sentByBrowser) routes.use(requireCsrfToken)
  routes
    .route('/login')
    .post(async (request, response) => {
      const { name } = checked(login, request.body)
      response.json(await kind.signIn(request, name))
    })
    .all(notAllowed('POST'))
  routes
    .route('/logout')
    .post(async (request, response) => {
      await kind.signOut(request, response)
      response.json({})
    })
    .all(notAllowed('POST'))
  const echo: RequestHandler = async (request, response) => {
    response.json({ name: await kind.recognise(request), request: seen(request) })
  }
  const me: RequestHandler = async (request, response) => {
    const sub = await kind.recognise(request).catch(() => undefined)
    response.json(sub ? { sub } : null)
  }
  routes.route('/me').get(me).all(notAllowed('GET'))
  routes.route('/echo').get(echo).post(echo).all(notAllowed('GET, POST'))
  return routes
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
