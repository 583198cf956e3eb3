import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { atEnd } from '../harness/at-end.js'

const start = fileURLToPath(new URL('../../demo/start.mjs', import.meta.url))

/** The demo, or its farm. */
export type Program = 'demo' | 'farm'

export interface Demo {
  readonly url: string
  readonly pid: number
  /** Asks it to end, and resolves to its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

export interface Ended {
  readonly code: number | null
  readonly said: string
}

function run(env: Record<string, string>, program: Program): ChildProcess {
  const child = spawn(process.execPath, [start, '--built', program], { env: { ...process.env, ...env } })
  const callOff = atEnd({ pid: () => child.pid, after: () => undefined })
  child.once('exit', callOff)
  return child
}

/** Starts the demo, which `built.ts` has built, on free ports unless told otherwise. */
export async function startDemo(env: Record<string, string> = {}, program: Program = 'demo'): Promise<Demo> {
  const child = run({ PORT: '0', FOREIGN_PORT: '0', ...env }, program)
  child.stderr?.pipe(process.stderr)
  const exited = once(child, 'exit')
  const url = await Promise.race([announced(child), exited.then(() => undefined)])
  if (url === undefined) throw new Error('the demo ended before it had started')
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal)
    const [code] = await exited
    return code
  }
  return { url, pid: child.pid ?? 0, stop }
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
export async function failingDemo(env: Record<string, string>, program: Program = 'demo'): Promise<Ended> {
  const child = run(env, program)
  let said = ''
  child.stderr?.on('data', (data) => {
    said += data
  })
  const [code] = await once(child, 'close')
  return { code, said }
}
