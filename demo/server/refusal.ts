import type { ErrorRequestHandler, RequestHandler } from 'express'

/** An answer that is no success. Every one is JSON, `{ error, message }`, and shows nothing of the inside. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message)
    this.status = status
    this.code = code
    this.headers = headers
  }
}

/** Makes a refusal of an error that says what is wrong with the request; what refuses already is thrown as it is. */
export function refusedAs(refuse: (message: string) => Refusal): (error: Error) => never {
  return (error) => {
    throw error instanceof Refusal ? error : refuse(error.message)
  }
}

/** RFC 9449 s. 5. */
export function badProof(message: string): Refusal {
  return new Refusal(400, 'invalid_dpop_proof', message)
}

export const notFound: RequestHandler = ({ baseUrl, path }) => {
  throw new Refusal(404, 'not_found', `There is nothing at ${baseUrl}${path}`)
}

export function notAllowed(allowed: string): RequestHandler {
  return ({ method }) => {
    throw new Refusal(405, 'method_not_allowed', `${method} is not for this address`, { Allow: allowed })
  }
}

export const answerError: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error)
  const { status, code, message, headers } = error instanceof Refusal ? error : translated(error)
  response.status(status).set(headers).json({ error: code, message })
}

/** What Express and its parsers throw says what is wrong by a status, and why in words not meant for users. */
function translated(error: unknown): Refusal {
  const status = Number(Object(error).status)
  if (Object(error).type === 'entity.parse.failed')
    return new Refusal(400, 'malformed_json', 'The body is not JSON')
  if (status === 413) return new Refusal(413, 'too_large', 'The body is too large')
  if (status === 415)
    return new Refusal(415, 'unsupported_media_type', 'The body is encoded in an unknown way')
  if (status >= 400 && status < 500) return new Refusal(400, 'malformed_request', 'The request is malformed')
  console.error(error)
  return new Refusal(500, 'internal_error', 'Something went wrong on the server')
}
