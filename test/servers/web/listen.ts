import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { front } from './front.js'

export interface Listening {
  readonly port: number
  close(): void
}

/** A framework's app behind its {@link front}, on loopback. */
export async function listen(app: RequestListener, wanted = 0): Promise<Listening> {
  const server = createServer(front(app)).listen(wanted, '127.0.0.1')
  // A connection closed for idleness while a browser reuses it would fail that request.
  server.keepAliveTimeout = 600_000
  await once(server, 'listening')
  const close = () => server.close().closeAllConnections()
  return { port: Object(server.address()).port, close }
}
