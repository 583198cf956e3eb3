import type { RequestHandler } from 'express'

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

export const preflight: RequestHandler = ({ headers }, response) => {
  response.set({
    'Access-Control-Allow-Methods': headers['access-control-request-method'] ?? 'GET',
    'Access-Control-Allow-Headers': headers['access-control-request-headers'] ?? '',
    // A remembered preflight would be missing from the log.
    'Access-Control-Max-Age': '0',
  })
  response.status(204).end()
}
