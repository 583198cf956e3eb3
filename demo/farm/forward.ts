import { Agent, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import type { Response as Outgoing } from 'express'
import { proxyFetch } from 'httpxy'

/** What a server answered, once all of it has come: half an answer is none, and can still be asked for elsewhere. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Buffer
}

/** Sends a request over a connection to a server. @throws Error if the server goes away before it has answered */
export async function forward(request: IncomingMessage, connection: Socket): Promise<Answer> {
  const agent = Object.assign(new Agent(), { createConnection: () => connection })
  const { method = 'GET', url = '/' } = request
  const init = {
    method,
    headers: headersOf(request),
    ...(hasBody(request) && { body: Readable.toWeb(request) }),
  }
  try {
    const answer = await proxyFetch(
      { port: connection.remotePort ?? 0 },
      `http://localhost${url}`,
      init as RequestInit,
      { agent },
    )
    const body = Buffer.from(await answer.arrayBuffer())
    return { status: answer.status, headers: answer.headers, body }
  } finally {
    agent.destroy()
  }
}

export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

/** As they came, also in their spelling: what the server saw is what the page shows. */
function headersOf({ rawHeaders }: IncomingMessage): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {}
  rawHeaders.forEach((name, index) => {
    const value = rawHeaders[index + 1] ?? ''
    if (index % 2 === 0) headers[name] = name in headers ? [headers[name] ?? [], value].flat() : value
  })
  return headers
}

export function reply(response: Outgoing, { status, headers, body }: Answer): void {
  response.status(status)
  for (const [name, value] of headers) response.appendHeader(name, value)
  response.end(body)
}
