import { type RequestHandler, Router } from 'express'
import * as v from 'valibot'
import { checked } from '../input.js'
import { notAllowed } from '../refusal.js'
import { uncached } from '../routes.js'

const message = '"access_token" must be a text of at most 64 characters'
const query = v.object({
  access_token: v.optional(v.pipe(v.string(message), v.maxLength(64, message))),
})

/** What the section *Limits* asks: which of its tries have arrived. */
export function createLimits(): Router {
  const limits = Router().use(uncached)
  limits.route('/arrived').get(arrived).all(notAllowed('GET'))
  return limits
}

/** As Node reads a header, byte by byte as Latin-1, and as Express reads a query, percent-decoded as UTF-8. */
const arrived: RequestHandler = (request, response) => {
  const { access_token } = checked(query, request.query)
  const cookies = request.headers.cookie?.split('; ') ?? []
  response.json({
    count: cookies.length,
    // Of all those that the section has made.
    cookies: cookies.filter((pair) => pair.startsWith('limits_')),
    header: request.get('X-Auth-Token') ?? null,
    query: access_token ?? null,
    isAuthorized: request.get('Authorization') !== undefined,
  })
}
