import { promisify } from 'node:util'
import cookieParser from 'cookie-parser'
import express, { type Express, type Request, type RequestHandler, type Response } from 'express'
import session, { type Store } from 'express-session'

declare module 'express-session' {
  interface SessionData {
    user: string
  }
}

/** What the libraries that protect an Express app do each in its own way. */
export interface Protection {
  readonly middleware: RequestHandler
  /** Makes every token worthless that was given out until now. */
  rotate(request: Request, response: Response): void
  /** What `GET /csrf-token` answers with; nothing, where a cookie has it. */
  token(request: Request, response: Response): string | undefined
}

const SECRET = 'of all processes that share their sessions'

const login: RequestHandler = async (request, response) => {
  await promisify(request.session.regenerate.bind(request.session))()
  request.session.user = String(request.body?.user ?? 'ada')
  response.json({})
}

const logout: RequestHandler = async ({ session }, response) => {
  await promisify(session.destroy.bind(session))()
  response.sendStatus(204)
}

const signedIn: RequestHandler = ({ session }, response, next) => {
  if (session.user) return next()
  response.sendStatus(401)
}

/** An app as the guides of express-session and of what protects it write it. */
export function createExpress(
  { middleware, rotate, token }: Protection,
  { store, env }: { store?: Store; env?: 'production' } = {},
): Express {
  const app = express()
  if (env) app.set('env', env)
  app.use(session({ secret: SECRET, resave: false, saveUninitialized: true, ...(store && { store }) }))
  app.use(cookieParser(), express.json())
  app.get('/control/rotate', (request, response) => {
    rotate(request, response)
    response.sendStatus(204)
  })
  app.get('/control/expire', logout)
  app.use(middleware)
  app.use('/forbidden', () => {
    // Outside of production Express's page shows the stack, and that names what has let the request through.
    throw Object.assign(new Error('not for you'), { status: 403 })
  })
  app.get('/csrf-token', (request, response) => void response.json({ token: token(request, response) }))
  app.post('/login', login)
  app.post('/logout', logout)
  app.get('/me', signedIn, ({ session }, response) => void response.json({ sub: session.user }))
  app.post('/items', signedIn, (_request, response) => void response.status(201).json({}))
  return app
}
