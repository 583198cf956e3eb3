import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createApp } from './app.js'
import { readConfig } from './config.js'
import { createForeign } from './foreign.js'
import { createSessions } from './sessions.js'

async function listen(app: RequestListener, port: number, variable: string): Promise<Server> {
  // On this device alone: what the demo shows is not for others.
  const server = createServer(app).listen(port, '127.0.0.1')
  await once(server, 'listening').catch((error) => {
    const taken = Object(error).code === 'EADDRINUSE'
    throw taken ? new Error(`Port ${port} is taken: set ${variable} to another one`) : error
  })
  return server
}

function originOf(server: Server): string {
  const address = server.address()
  return `http://localhost:${Object(address).port}`
}

async function start(): Promise<void> {
  const config = readConfig(process.env)
  const sessions = await createSessions(config)
  const foreign = await listen(createForeign(), config.foreignPort, 'FOREIGN_PORT')
  const app = createApp(sessions, originOf(foreign))
  const own = await listen(app, config.port, 'PORT')
  const stop = async () => {
    for (const server of [own, foreign]) server.close().closeAllConnections()
    await sessions.close()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
  console.log(`Latchkey demo: ${originOf(own)}`)
}

start().catch(({ message }: Error) => {
  console.error(message)
  process.exit(1)
})
