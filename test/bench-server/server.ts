import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import express, { type Router } from 'express'
import { apis } from './apis.js'
import { cors, misconfigured, preflight } from './cors.js'
import { pages } from './pages.js'
import { Records, recorder } from './record.js'
import { routes } from './routes.js'
import { createSockets } from './sockets.js'
import { streams } from './streams.js'
import { strict } from './strict/strict.js'
import { token } from './token.js'

export interface Bench {
  readonly url: string
  close(): Promise<void>
}

function createBench(records: Records, ...more: Router[]): RequestListener {
  const app = express().disable('x-powered-by').disable('etag')
  app.use(cors)
  app.use('/:id', recorder(records))
  app.use(misconfigured)
  app.options('/{*path}', preflight)
  app.use(routes(records), streams, apis, ...more)
  app.use(pages)
  app.use(strict)
  app.post('/:id/token', token)
  return app
}

/** Starts the bench server on a free port. `127.0.0.1` reaches it too, and is another site. */
export async function startBench(): Promise<Bench> {
  const records = new Records()
  const sockets = createSockets(records)
  const server = createServer(createBench(records, sockets.routes))
  sockets.listenOn(server)
  // A connection closed for idleness while a browser reuses it would fail that request.
  server.keepAliveTimeout = 600_000
  server.requestTimeout = 0
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the bench server has no port')
  const close = async () => {
    server.close()
    server.closeAllConnections()
  }
  return { url: `http://localhost:${address.port}`, close }
}
