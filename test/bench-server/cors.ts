import { type RequestHandler, Router } from 'express'

// By name, because '*' means nothing to a request with credentials.
const exposed = [
  'WWW-Authenticate',
  'Retry-After',
  'Location',
  'ETag',
  'Link',
  'X-CSRF-Token',
  'X-Request-Id',
]

/** Lets every origin do everything, so that only the code under test decides what is sent where. */
export const cors: RequestHandler = ({ headers }, response, next) => {
  response.set({
    'Access-Control-Allow-Origin': headers.origin ?? '*',
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': exposed.join(', '),
    'Cache-Control': 'no-store',
    Vary: 'Origin',
  })
  next()
}

const allow: RequestHandler = ({ headers }, response, next) => {
  response.set({
    'Access-Control-Allow-Methods': headers['access-control-request-method'] ?? 'GET',
    'Access-Control-Allow-Headers': headers['access-control-request-headers'] ?? '',
    // A remembered preflight would be missing from the log.
    'Access-Control-Max-Age': '0',
  })
  next()
}

const end: RequestHandler = (_request, response) => void response.status(204).end()

export const preflight: RequestHandler[] = [allow, end]

/** Sets the headers that the query names, and takes away those it names with no value. */
const asTold: RequestHandler = ({ query }, response, next) => {
  for (const [name, value] of Object.entries(query)) {
    if (value) response.set(name, String(value))
    else response.removeHeader(name)
  }
  next()
}

const status: RequestHandler<{ status: string }> = ({ params }, response) =>
  void response.status(Number(params.status)).end()

/** An answer of that status whose headers, and the preflight's, are wrong in the way that the query says. */
export const misconfigured: Router = Router()
  .options('/:id/cors/:status', allow, asTold, end)
  .all('/:id/cors/:status', asTold, status)
