import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Request, RequestHandler, Response } from 'express'

export interface Entry {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  /** Null for a body of more than 1 MB. */
  bodyBase64: string | null
  bodyBytes: number
  bodySha256: string
  /** The how-manieth request (preflights aside) to this path of this test id. */
  readonly count: number
}

const keptBytes = 1024 * 1024

export class Records {
  readonly #entries = new Map<string, Entry[]>()
  readonly #counts = new Map<string, number>()

  of(id: string): Entry[] {
    return this.#entries.get(id) ?? []
  }

  add(id: string, request: Pick<Request, 'method' | 'originalUrl' | 'headers'>): Entry {
    const { method, originalUrl: url, headers } = request
    const count = this.#count(method, url.replace(/\?.*/, ''))
    const entry = { method, url, headers, count, bodyBase64: null, bodyBytes: 0, bodySha256: '' }
    this.#entries.set(id, [...this.of(id), entry])
    return entry
  }

  #count(method: string, path: string): number {
    const before = this.#counts.get(path) ?? 0
    if (method === 'OPTIONS') return before
    this.#counts.set(path, before + 1)
    return before + 1
  }
}

async function readBody(request: Request, entry: Entry): Promise<void> {
  const hash = createHash('sha256')
  const chunks: Buffer[] = []
  for await (const chunk of request) {
    entry.bodyBytes += chunk.length
    hash.update(chunk)
    if (entry.bodyBytes <= keptBytes) chunks.push(chunk)
  }
  if (entry.bodyBytes <= keptBytes) entry.bodyBase64 = Buffer.concat(chunks).toString('base64')
  entry.bodySha256 = hash.digest('hex')
}

export function entryOf(response: Response): Entry {
  return response.locals.entry
}

/** Notes a request when its headers are there, for a body may never come to its end. */
export function recorder(records: Records): RequestHandler<{ id: string }> {
  return async (request, response, next) => {
    if (request.path === '/log') return next()
    const entry = records.add(request.params.id, request as Request)
    response.locals.entry = entry
    await readBody(request as Request, entry).then(
      () => next(),
      () => response.destroy(),
    )
  }
}
