import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type RequestHandler, Router } from 'express'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Records } from './record.js'

/** Longer than any page waits here. */
const GIVEN_UP_MS = 3000

/** What the server saw of a socket. */
export interface Seen {
  readonly messages: string[]
  /** The code that it was closed with. */
  code?: number
}

/** Tickets that are good once, and what is opened with them. */
export function createSockets(records: Records) {
  const tickets = new Set<string>()
  const seen = new Map<string, Seen[]>()

  const ticket: RequestHandler = ({ headers }, response) => {
    if (!headers.authorization) return void response.status(401).end()
    const made = `ticket-${randomUUID()}`
    tickets.add(made)
    response.json({ ticket: made })
  }
  const all: RequestHandler<{ id: string }> = ({ params }, response) =>
    void response.json(seen.get(params.id) ?? [])
  const routes = Router().all('/:id/ticket', ticket).get('/:id/sockets', all)

  const accept = (socket: WebSocket, id: string, isFirstATicket: boolean) => {
    const one: Seen = { messages: [] }
    seen.set(id, [...(seen.get(id) ?? []), one])
    let isKnown = !isFirstATicket
    if (isKnown) socket.send('welcome')
    socket.on('close', (code) => {
      one.code = code
    })
    socket.on('message', (data) => {
      one.messages.push(String(data))
      if (isKnown) return socket.send(`${data}!`)
      isKnown = tickets.delete(String(data))
      if (isKnown) socket.send('welcome')
      else socket.close(3000, 'no such ticket')
    })
  }

  const server = new WebSocketServer({ noServer: true, handleProtocols: ([first = '']) => first })
  const upgrade = (request: IncomingMessage, wire: Duplex, head: Buffer) => {
    const { method = '', url = '', headers } = request
    const { pathname, searchParams } = new URL(url, 'http://localhost')
    const [, id = '', , how = ''] = pathname.split('/')
    records.add(id, { method, originalUrl: url, headers })
    const named = `${headers['sec-websocket-protocol'] ?? ''}`.split(', ').at(-1) ?? ''
    const handed = how === 'protocol' ? named : searchParams.get('ticket')
    // A socket that a page gives up while it is opened keeps its connection in Firefox, which has six to a server.
    if (how === 'hang') return void setTimeout(() => wire.destroy(), GIVEN_UP_MS).unref()
    if (how !== 'message' && !tickets.delete(handed ?? '')) return void wire.end('HTTP/1.1 401 No\r\n\r\n')
    server.handleUpgrade(request, wire, head, (socket) => accept(socket, id, how === 'message'))
  }
  return { routes, listenOn: (http: Server) => void http.on('upgrade', upgrade) }
}
