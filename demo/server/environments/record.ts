import { type RequestHandler, Router } from 'express'
import { notAllowed } from '../refusal.js'
import { uncached } from '../routes.js'
import { type Seen, seen } from '../seen.js'

const KEPT = 200

/** What the notes app and its latchkey ask for. */
const KNOWN = /^\/(login|logout|me|notes|token)$/

interface Entry {
  readonly host: string
  readonly seen: Seen
  /** Absent until it is answered. */
  status?: number
}

/** Writes down what comes to the three servers and what they answer. Each shows its own at `/record`, the latest first. */
export function createRecord(): Router {
  const entries: Entry[] = []
  const keep: RequestHandler = (request, response, next) => {
    if (!KNOWN.test(request.path)) return next()
    const entry: Entry = { host: request.hostname, seen: seen(request) }
    entries.unshift(entry)
    entries.splice(KEPT)
    response.once('finish', () => {
      entry.status = response.statusCode
    })
    next()
  }
  const show: RequestHandler = (request, response) => {
    const own = entries.filter(({ host }) => host === request.hostname)
    const requests = own.map(({ status, seen }) => ({ ...seen, status }))
    response.json({ requests, asking: seen(request) })
  }
  const record = Router().use(keep)
  record.route('/record').get(uncached, show).all(notAllowed('GET'))
  return record
}
