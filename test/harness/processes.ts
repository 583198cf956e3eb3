import { setTimeout as sleep } from 'node:timers/promises'
import { generations, isListed, isRunning, type Process } from './process-table.js'

const graceMs = 1_000
const closeMs = 5_000
const clock = new Int32Array(new SharedArrayBuffer(4))

// Blocking, because an 'exit' listener gets no turn of the event loop to wait in.
function wait(processes: readonly Process[], ms: number, isThere = isListed): Process[] {
  const end = Date.now() + ms
  let left = processes.filter(isThere)
  while (left.length > 0 && Date.now() < end) {
    Atomics.wait(clock, 0, 0, 10)
    left = left.filter(isThere)
  }
  return left
}

function signal(processes: readonly Process[], name: NodeJS.Signals): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, name)
    } catch {
      // It ended by itself in between, which is what was wanted.
    }
  }
}

function end(processes: readonly Process[], patienceMs: number): void {
  signal(wait(processes, patienceMs), 'SIGTERM')
  signal(wait(processes, graceMs), 'SIGKILL')
  wait(processes, graceMs)
}

/** Lets a program close by its own means, then ends what is still there of it and all it had started. */
export async function endAfter(root: number, close: () => Promise<unknown>): Promise<void> {
  const family = generations(root).flat()
  await Promise.race([close().catch(() => undefined), sleep(closeMs, undefined, { ref: false })])
  const late = Date.now() + 3 * graceMs
  // Orphans that have ended are listed until the system's init reaps them, which may take its time.
  while (family.some(isListed) && Date.now() < late) await sleep(20)
  end(family.filter(isRunning), 0)
}

/** Ends a process and all below it. Children go first: a parent that still lives reaps them. */
export function endTree(root: number): void {
  const [top = [], ...below] = generations(root)
  const inOrder = below.reverse().flatMap((generation) => generation.sort((a, b) => a.pid - b.pid))
  // One by one, because xvfb-run goes as soon as its command does, and would orphan its X server.
  for (const process of inOrder) end([process], 0)
  // A wrapper such as xvfb-run tidies up after its last child, and must not be killed while it does.
  end(top, below.length > 0 ? 300 : 0)
}

/** Ends processes and all below them in no time and no order. */
export function killTrees(roots: readonly number[]): void {
  const families = () => roots.flatMap((root) => generations(root).flat())
  const first = families()
  signal(first, 'SIGTERM')
  const left = wait(first, 100, isRunning)
  // Asked anew, because a browser may have replaced a child in the meantime.
  const last = [...left, ...families()].filter(isRunning)
  signal(last, 'SIGKILL')
  wait(last, 100, isRunning)
}
