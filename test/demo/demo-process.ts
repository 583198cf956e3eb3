import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { atEnd } from '../harness/at-end.js'

const start = fileURLToPath(new URL('../../demo/start.mjs', import.meta.url))

export interface Demo {
  readonly url: string
  /** Asks it to end, and resolves to its exit code. */
  stop(): Promise<number | null>
}

export interface Ended {
  readonly code: number | null
  readonly said: string
}

function run(env: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, [start], { env: { ...process.env, ...env } })
  const callOff = atEnd({ pid: () => child.pid, after: () => undefined })
  child.once('exit', callOff)
  return child
}

/** Starts the demo as `npm start` does, on free ports unless told otherwise. */
export async function startDemo(env: Record<string, string> = {}): Promise<Demo> {
  const child = run({ PORT: '0', FOREIGN_PORT: '0', ...env })
  child.stderr?.pipe(process.stderr)
  const exited = once(child, 'exit')
  const url = await Promise.race([announced(child), exited.then(() => undefined)])
  if (url === undefined) throw new Error('the demo ended before it had started')
  const stop = async () => {
    child.kill('SIGTERM')
    const [code] = await exited
    return code
  }
  return { url, stop }
}

async function announced({ stdout }: ChildProcess): Promise<string | undefined> {
  if (!stdout) return undefined
  for await (const line of createInterface(stdout)) {
    const [, url] = /^Latchkey demo: (http:\S+)$/.exec(line) ?? []
    if (url) return url
  }
  return undefined
}

/** Runs a demo that can't start to its end. */
export async function failingDemo(env: Record<string, string>): Promise<Ended> {
  const child = run(env)
  let said = ''
  child.stderr?.on('data', (data) => {
    said += data
  })
  const [code] = await once(child, 'close')
  return { code, said }
}
