import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export interface Child {
  /** The line by which it said that it listens. */
  readonly said: string
  stop(): Promise<void>
}

// Ends the program as soon as nobody holds the other end of its input any more, however this process has ended.
const LEASH = 'exec 3<&0; "$@" & child=$!; { read -r _ <&3; kill $child; } & wait $child'

/** Starts a server as a process of its own, which ends with this one. */
export async function startChild(program: string, args: readonly string[], ready = /./): Promise<Child> {
  const child = spawn('sh', ['-c', LEASH, 'sh', program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  const exited = once(child, 'exit').finally(() => child.stdin.end())
  const announced = new Promise<string>((resolve) => {
    createInterface(child.stdout).on('line', (line) => ready.test(line) && resolve(line))
  })
  const said = await Promise.race([announced, exited.then(() => undefined)])
  if (said === undefined) throw new Error(`${program} ended before it listened`)
  const stop = async () => {
    child.stdin.end()
    await exited
  }
  return { said, stop }
}
