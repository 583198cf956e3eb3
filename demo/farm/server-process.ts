import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { end, isRunning, readiness } from './child.js'

/** One of the farm's servers: a process that can be ended and started again. */
export interface ServerProcess {
  readonly name: string
  readonly pid: number | undefined
  readonly isAlive: boolean
  /** Where it listens, while it is alive. */
  readonly origin: string | undefined
  /** A connection that the process has taken, or none if it takes none. */
  connection(): Promise<Socket | undefined>
  start(): Promise<void>
  end(): Promise<void>
}

const program = fileURLToPath(new URL('../server/main.js', import.meta.url))

export function serverProcess(name: string, env: NodeJS.ProcessEnv): ServerProcess {
  let child: ChildProcess | undefined
  let port: number | undefined
  let started: Promise<void> | undefined
  const isAlive = () => port !== undefined && isRunning(child)
  const start = async () => {
    port = undefined
    child = run(name, env)
    const [, said] = await readiness(child, /^Latchkey demo: http:\/\/localhost:(\d+)$/).catch((error) => {
      throw new Error(`Server ${name} ${error.message}`)
    })
    port = Number(said)
  }
  return {
    name,
    get pid() {
      return child?.pid
    },
    get isAlive() {
      return isAlive()
    },
    get origin() {
      return isAlive() ? `http://localhost:${port}` : undefined
    },
    connection: async () => (port !== undefined && isAlive() ? connected(port) : undefined),
    async start() {
      if (!isRunning(child)) started = start()
      await started
    },
    end: async () => end(child),
  }
}

function run(name: string, env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [program], {
    env: { ...env, SERVER_NAME: name },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
}

async function connected(port: number): Promise<Socket | undefined> {
  const socket = connect(port, '127.0.0.1')
  return once(socket, 'connect').then(
    () => socket,
    () => undefined,
  )
}
