import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { end, readiness } from './child.js'

/** A Redis of the farm's own, on this device alone, that keeps nothing on disk. */
export interface RedisProcess {
  /** Resolves to its address. */
  start(): Promise<string>
  end(): Promise<void>
}

const NONE = 'The farm needs a Redis: install redis-server, or say by REDIS_URL where one is'

export function redisProcess(): RedisProcess {
  let child: ChildProcess | undefined
  return {
    async start() {
      const port = await freePort()
      child = run(port)
      await readiness(child, /Ready to accept connections/).catch((error) => {
        throw new Error(Object(error).code === 'ENOENT' ? NONE : `redis-server ${error.message}`)
      })
      return `redis://127.0.0.1:${port}`
    },
    end: async () => end(child),
  }
}

function run(port: number): ChildProcess {
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  // Out of reach of the terminal's Ctrl-C: its servers would miss it while they end.
  return spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'], detached: true })
}

/** Redis can't be told to choose: 0 means none to it. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = Object(server.address())
  server.close()
  await once(server, 'close')
  return port
}
