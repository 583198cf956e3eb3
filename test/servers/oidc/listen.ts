import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'

export interface Listening {
  readonly origin: string
  serve(listener: RequestListener): void
  close(): void
}

// What a browser has stored for an origin outlives its server: no two of a process have the same.
const used = new Set<number>()

async function onNewPort(): Promise<readonly [Server, number]> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  if (!used.has(address.port)) return [server, address.port]
  server.close()
  return onNewPort()
}

/**
 * Takes a free port of this device first, since an issuer has to know its own address.
 *
 * @param host cookies know no ports (RFC 6265 s. 8.5), so those who share a browser need a name each
 */
export async function listen(host = 'localhost'): Promise<Listening> {
  const [server, port] = await onNewPort()
  used.add(port)
  // A connection closed for idleness while a browser reuses it would fail that request.
  server.keepAliveTimeout = 600_000
  server.requestTimeout = 0
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  const serve = (listener: RequestListener) => void server.on('request', listener)
  return { origin: `http://${host}:${port}`, serve, close }
}
