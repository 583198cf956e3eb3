import { readFile } from 'node:fs/promises'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'

/** What a server was asked by one host's pages, in the order in which it came. */
export interface Entry {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly status: number
  /** The name of the header that a CSRF token came in. */
  readonly csrf: string | null
  /** Whether any cookie came along. */
  readonly cookie: boolean
}

interface Noted extends Omit<Entry, 'status'> {
  readonly response: ServerResponse
}

const entryOf = ({ response, ...rest }: Noted): Entry => ({ ...rest, status: response.statusCode })

const files: Record<string, [path: string, type: string]> = {
  '/page': ['page.html', 'text/html'],
  '/latchkey.min.js': ['../../../dist/latchkey.min.js', 'text/javascript'],
}

const csrfHeaders = ['x-csrf-token', 'x-xsrf-token', 'x-csrftoken', 'csrf-token', 'xsrf-token']

async function sendFile(name: string, response: ServerResponse): Promise<void> {
  const [path, type] = files[name] ?? []
  const content = await readFile(fileURLToPath(new URL(path ?? '', import.meta.url)))
  response.writeHead(200, { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'no-cache' })
  response.end(content)
}

function reply(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))
}

/**
 * What every server here has before its framework is asked: the page with latchkey, and a log for each host name.
 * `/control/spoil` makes a host's tokens worthless on their way in, so that the framework refuses whatever is sent.
 */
export function front(framework: RequestListener): RequestListener {
  const logs = new Map<string, Noted[]>()
  const spoilt = new Set<string>()

  const record = (host: string, request: IncomingMessage, response: ServerResponse) => {
    const { method = '', headers } = request
    const csrf = csrfHeaders.find((name) => headers[name] !== undefined)
    const [path = '', query = ''] = (request.url ?? '').split('?')
    const cookie = headers.cookie !== undefined
    // The status is read with the log: it is set by then, and in no later turn than the answer.
    const entry = { method, path, query, csrf: csrf ?? null, cookie, response }
    logs.set(host, [...(logs.get(host) ?? []), entry])
    if (csrf && spoilt.has(host)) headers[csrf] = 'spoilt'
  }

  return (request, response) => {
    const url = new URL(request.url ?? '', `http://${request.headers.host}`)
    const host = url.searchParams.get('host') ?? url.hostname
    if (url.pathname in files) return void sendFile(url.pathname, response)
    if (url.pathname === '/control/log') return reply(response, logs.get(host)?.map(entryOf) ?? [])
    if (url.pathname === '/control/spoil') return reply(response, spoilt.add(host).size)
    if (!url.pathname.startsWith('/control/')) record(host, request, response)
    framework(request, response)
  }
}
