import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { atEnd } from '../../harness/at-end.js'

export interface Child {
  /** The first line of what it wrote, by which it says that it listens. */
  readonly said: string
  stop(): Promise<void>
}

/** Starts a server of its own process, which ends with this one. */
export async function startChild(program: string, args: readonly string[], ready = /./): Promise<Child> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const callOff = atEnd({ pid: () => child.pid, after: () => undefined })
  const exited = once(child, 'exit').finally(callOff)
  const announced = new Promise<string>((resolve) => {
    createInterface(child.stdout).on('line', (line) => ready.test(line) && resolve(line))
  })
  const said = await Promise.race([announced, exited.then(() => undefined)])
  if (said === undefined) throw new Error(`${program} ended before it listened`)
  const stop = async () => {
    child.kill('SIGKILL')
    await exited
  }
  return { said, stop }
}
