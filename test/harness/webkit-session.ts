import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { atEnd } from './at-end.js'
import { findWebKit, missing, type WebKit } from './find.js'
import { type Home, makeHome } from './home.js'
import { endTree } from './processes.js'
import { command, ready, text } from './webdriver.js'

export interface Session {
  readonly url: string
  end(): Promise<void>
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** Who tests has no graphics processor, and to draw with a simulated one took 6 s of processor time for each page of the Lab. */
const drawing = { WEBKIT_DISABLE_COMPOSITING_MODE: '1' }

function start({ xvfbRun, driver }: WebKit, port: number, home: Home): ChildProcess {
  const env = { ...home.env, ...drawing }
  // Detached, so that a Ctrl-C meant for the test run does not reach it before it is ended in order.
  return spawn(xvfbRun, ['-a', driver, `--port=${port}`], { stdio: 'ignore', detached: true, env })
}

async function connect(base: string, binary: string): Promise<string> {
  await ready(base, 20_000)
  const alwaysMatch = {
    timeouts: { script: 300_000, pageLoad: 120_000 },
    'webkitgtk:browserOptions': { binary, args: ['--automation'] },
  }
  const session = await command(`${base}/session`, 'POST', { capabilities: { alwaysMatch } })
  return `${base}/session/${text(session, 'sessionId')}`
}

/** Not by the driver's own command, which leaves WebKit's processes to end without a parent. */
function ender(child: ChildProcess, home: Home): () => Promise<void> {
  const ended = once(child, 'exit')
  const callOff = atEnd({ pid: () => child.pid, after: home.remove })
  return async () => {
    if (child.pid !== undefined) endTree(child.pid)
    await ended
    home.remove()
    callOff()
  }
}

export async function startSession(): Promise<Session> {
  const webKit = findWebKit()
  if (!webKit) throw new Error(missing('webkit'))
  const port = await freePort()
  const home = makeHome()
  const end = ender(start(webKit, port, home), home)
  try {
    return { url: await connect(`http://127.0.0.1:${port}`, webKit.miniBrowser), end }
  } catch (error) {
    await end()
    throw error
  }
}
