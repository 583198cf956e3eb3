import { type RequestHandler, type Response, Router } from 'express'
import { checked, logQuery } from '../input.js'
import { notAllowed } from '../refusal.js'
import { uncached } from '../routes.js'
import { type Seen, seen, shortened } from '../seen.js'
import { type Did, noting } from './did.js'

/** How many are kept. */
export const KEPT_ENTRIES = 500

/** A request, what the server did for it, and what it answered. */
export interface Entry extends Seen {
  readonly number: number
  /** When it came, in milliseconds since the epoch. */
  readonly at: number
  /** Which process: empty where there is one. */
  readonly server: string
  readonly kind: string
  readonly did: readonly Did[]
  /** 0: whoever asked did not wait for the answer. */
  readonly status: number
  readonly set: readonly string[]
}

export interface Log {
  readonly keep: RequestHandler
  readonly routes: Router
}

/** Writes down each request for a kind of credential when it is answered, the Lab's own requests apart. */
export function createLog(server: string): Log {
  const entries: Entry[] = []
  let last = 0
  const keep: RequestHandler = (request, response, next) => {
    const kind = kindOf(request.path)
    if (!kind) return next()
    const did: Did[] = []
    const asked = { at: Date.now(), server, kind, ...seen(request), did }
    response.once('close', () => {
      last += 1
      entries.push({ number: last, ...asked, ...answered(response) })
      entries.splice(0, entries.length - KEPT_ENTRIES)
    })
    noting(did, next)
  }
  const show: RequestHandler = (request, response) => {
    const { after } = checked(logQuery, request.query)
    response.json({ last, entries: entries.filter(({ number }) => number > after) })
  }
  const routes = Router()
  routes.route('/').get(uncached, show).all(notAllowed('GET'))
  return { keep, routes }
}

function kindOf(path: string): string | undefined {
  if (path === '/token') return 'oauth'
  return /^\/(?!lab\/)([\w-]+)\/(?!expire$)/.exec(path)?.[1]
}

function answered(response: Response): Pick<Entry, 'status' | 'set'> {
  const cookies = [response.getHeader('Set-Cookie') ?? []].flat().map(String)
  return { status: response.writableFinished ? response.statusCode : 0, set: cookies.map(shortened) }
}
