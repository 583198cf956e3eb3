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
  const { login, logout, expire, me, echo } = handlersOf(kind)
  for (const [path, post] of Object.entries({ login, logout, expire }))
    routes.route(`/${path}`).post(post).all(notAllowed('POST'))
  routes.route('/me').get(me).all(notAllowed('GET'))
  routes.route('/echo').get(echo).post(echo).all(notAllowed('GET, POST'))
  return routes
}

function handlersOf(kind: Kind) {
  return {
    async login(request, response) {
      const { name } = checked(login, request.body)
      response.json(await kind.signIn(request, name))
    },
    async logout(request, response) {
      await kind.signOut(request, response)
      response.json({})
    },
    async expire(request, response) {
      await kind.expire(request)
      response.json({})
    },
    async echo(request, response) {
      response.json({ name: await kind.recognise(request), request: seen(request) })
    },
    async me(request, response) {
      const sub = await kind.recognise(request).catch(nobody)
      response.json(sub ? { sub } : null)
    },
  } satisfies Record<string, RequestHandler>
}

/** Nobody is signed in; that nobody could look is another matter. */
function nobody(error: unknown): undefined {
  if (Object(error).status !== 401) throw error
}
