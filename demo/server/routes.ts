import { type RequestHandler, Router } from 'express'
import { giveCsrfToken, requireCsrfToken } from './csrf.js'
import { checked, login } from './input.js'
import type { Kind } from './kind.js'
import { notAllowed } from './refusal.js'
import { seen } from './seen.js'

/** How large a body may be. */
export const LIMIT = '4kb'

export const uncached: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store')
  next()
}

/** What the API offers for one kind of credential. */
export function routesOf(kind: Kind): Router {
  const routes = Router()
  if (kind.sentByBrowser) routes.use(giveCsrfToken, requireCsrfToken)
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
