import { createApp } from './app.js'
import { inMemory, inRedis } from './backing.js'
import { type Config, readConfig } from './config.js'
import { createForeign } from './foreign.js'
import { type Listening, listen } from './listen.js'
import { newSecret } from './secret.js'

async function start(): Promise<void> {
  const config = readConfig(process.env)
  const { port, redisUrl, sessionSecret: secret = newSecret(), serverName } = config
  const backing = redisUrl ? await inRedis(redisUrl) : inMemory()
  const foreign = await foreignOf(config)
  const app = createApp({ backing, secret, foreignOrigin: foreign.origin, serverName })
  const own = await listen(app, port, 'PORT')
  const stop = async () => {
    for (const server of [own, foreign]) server.close()
    await backing.close()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
  console.log(`Latchkey demo: ${own.origin}`)
}

/** Somebody else's server: one of its own, or that of the farm to which this process belongs. */
async function foreignOf({ foreignOrigin, foreignPort }: Config): Promise<Listening> {
  if (foreignOrigin) return { origin: foreignOrigin, close: () => undefined }
  return listen(createForeign(), foreignPort, 'FOREIGN_PORT')
}

// A farm holds the other end of a channel. When the farm is gone, however that came, so is this.
process.once('disconnect', () => process.exit())
process.channel?.unref()

start().catch(({ message }: Error) => {
  console.error(message)
  process.exit(1)
})
