import { fileURLToPath } from 'node:url'
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import { api } from './api.js'
import type { Control } from './control.js'
import type { Agree } from './grant.js'
import type { Judge } from './proof.js'
import { type Endpoint, tokenEndpoint } from './refresh.js'
import { session, signInByScript, withoutCookies } from './session.js'
import type { SignIn } from './sign-in.js'
import type { Verify } from './verify.js'

export interface AppParts extends Endpoint {
  readonly signIn: SignIn
  readonly verify: Verify
  readonly judge: Judge
  /** Agrees in the user's name, as on a page of the provider's. */
  readonly agree: Agree
  /** What is served besides, and goes before the rest. */
  readonly besides?: ((endpoint: Endpoint) => RequestHandler) | undefined
}

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const file =
  (path: string): RequestHandler =>
  (_request, response) =>
    // Not 'no-store', which keeps a page out of the back/forward cache.
    response.set('Cache-Control', 'no-cache').sendFile(pathOf(path), { cacheControl: false })

const noStore: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store')
  next()
}

const command =
  ({ set }: Control): RequestHandler =>
  ({ body }, response) => {
    set(body)
    response.status(204).end()
  }

const wrongCommand: ErrorRequestHandler = (error, _request, response, _next) => {
  response.status(error instanceof TypeError ? 400 : 500).json({ error: String(error) })
}

export function createApp({ signIn, verify, judge, agree, besides, ...endpoint }: AppParts): Express {
  const { control, records } = endpoint
  const app = express().disable('x-powered-by').disable('etag')
  app.use(noStore)
  if (besides) app.use(besides(endpoint))
  app.all(['/api{/*rest}', '/:app/api{/*rest}'], api(control, records, verify, judge))
  app.post('/token', express.urlencoded({ extended: false }), tokenEndpoint(endpoint))
  app.use(express.json())
  app.post('/signin', signInByScript(signIn))
  app.post('/code', async ({ body }, response) => void response.json({ code: await agree(body) }))
  app.use('/session', session(endpoint, signIn))
  app.post('/control', command(control))
  app.get(['/page', '/:app/page'], withoutCookies(), file('page.html'))
  app.get('/latchkey.min.js', file('../../../dist/latchkey.min.js'))
  return app.use(wrongCommand)
}
