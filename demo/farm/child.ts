import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** Whether it was started, has not ended, and was not told to. */
export function isRunning(child: ChildProcess | undefined): boolean {
  return child !== undefined && isThere(child) && !child.killed
}

function isThere({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid !== undefined && exitCode === null && signalCode === null
}

/**
 * The match of the line by which a process says that it is ready.
 * @throws Error if it ends without one, or can't be started at all
 */
export async function readiness(child: ChildProcess, line: RegExp): Promise<RegExpExecArray> {
  const { stdout } = child
  if (!stdout) throw new Error('What it says must be piped')
  const ready = new Promise<RegExpExecArray>((resolve) => {
    // Read to the end: a process whose output nobody reads comes to a halt.
    createInterface(stdout).on('line', (said) => {
      const match = line.exec(said)
      if (match) resolve(match)
    })
  })
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`ended by ${signal ?? `code ${code}`} before it was ready`)
  })
  return Promise.race([ready, ended])
}

/** Ends a process that keeps nothing of its own, and so has nothing to put in order before. */
export async function end(child: ChildProcess | undefined): Promise<void> {
  if (!child || !isThere(child)) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}
