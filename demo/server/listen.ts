import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'

export interface Listening {
  readonly origin: string
  /** Ends it now, and every connection with it. */
  close(): void
}

/** @throws Error that names the variable by which to choose another port, where that one is taken */
export async function listen(app: RequestListener, port: number, variable: string): Promise<Listening> {
  // On this device alone: what the demo shows is not for others.
  const server = createServer(app).listen(port, '127.0.0.1')
  await once(server, 'listening').catch((error) => {
    const taken = Object(error).code === 'EADDRINUSE'
    throw taken ? new Error(`Port ${port} is taken: set ${variable} to another one`) : error
  })
  const address = server.address()
  return {
    origin: `http://localhost:${Object(address).port}`,
    close: () => server.close().closeAllConnections(),
  }
}
