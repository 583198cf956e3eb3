import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'

export interface Listening {
  readonly origin: string
  serve(listener: RequestListener): void
  close(): void
}

/** Takes a free port of this device first, since an issuer has to know its own address. */
export async function listen(): Promise<Listening> {
  const server = createServer().listen(0, '127.0.0.1')
  // A connection closed for idleness while a browser reuses it would fail that request.
  server.keepAliveTimeout = 600_000
  server.requestTimeout = 0
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  const serve = (listener: RequestListener) => void server.on('request', listener)
  return { origin: `http://localhost:${address.port}`, serve, close }
}
