import { own } from './options.js'

/**
 * The request with other options. Any option takes the referrer and its policy away (Fetch s. 5.4), and in
 * Firefox `keepalive`, too, so these are given along.
 */
export function remade(request: Request, init: RequestInit): Request {
  const { referrer, referrerPolicy, keepalive } = request
  return new Request(request, own({ referrer, referrerPolicy, keepalive, ...init }))
}
