import { timingSafeEqual } from 'node:crypto'
import type { RequestHandler } from 'express'
import { cookieOf } from './cookies.js'
import { did } from './lab/did.js'
import { Refusal } from './refusal.js'
import { newSecret } from './secret.js'

const COOKIE = 'XSRF-TOKEN'
const HEADER = 'X-XSRF-TOKEN'

/** Leaves a random value in a cookie that the page's script can read, and no other site's. */
export const giveCsrfToken: RequestHandler = (request, response, next) => {
  if (!cookieOf(request, COOKIE)) response.cookie(COOKIE, newSecret(), { sameSite: 'lax', path: '/' })
  next()
}

/** Wants the value back in a header: another site's form makes the browser send the cookie, never a header. */
export const requireCsrfToken: RequestHandler = (request, _response, next) => {
  if (/^(GET|HEAD|OPTIONS)$/.test(request.method)) return next()
  const isRight = isSame(cookieOf(request, COOKIE), request.get(HEADER))
  did({ what: isRight ? 'checked' : 'denied', where: 'token', thing: 'csrf' })
  if (isRight) return next()
  const message = `The header ${HEADER} must repeat the cookie ${COOKIE}: this may be another site's forgery`
  throw new Refusal(403, 'csrf_refused', message)
}

function isSame(cookie: string | undefined, header: string | undefined): boolean {
  const [one, other] = [Buffer.from(cookie ?? ''), Buffer.from(header ?? '')]
  return one.length > 0 && one.length === other.length && timingSafeEqual(one, other)
}
