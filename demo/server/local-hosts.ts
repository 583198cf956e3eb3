import type { RequestHandler } from 'express'
import { Refusal } from './refusal.js'

/** Another site can give its own host name this device's address, and would be let in as the page is. */
export const onlyLocalHosts: RequestHandler = ({ hostname }, _response, next) => {
  if (/^((.+\.)?localhost|127\.0\.0\.1)$/.test(hostname)) return next()
  throw new Refusal(403, 'not_local', 'The Lab is for this device alone, as localhost')
}
