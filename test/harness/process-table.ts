import { existsSync, readdirSync, readFileSync } from 'node:fs'

export interface Process {
  readonly pid: number
  readonly parent: number
  readonly state: string
  readonly started: string
}

function read(pid: number): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command name may hold spaces and parentheses; the fixed fields begin after its last ')'.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { pid, state: fields[0] ?? '', parent: Number(fields[1]), started: fields[19] ?? '' }
  } catch {
    return undefined
  }
}

function all(): Process[] {
  if (!existsSync('/proc')) return []
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger)
  return pids.map(read).filter((process) => process !== undefined)
}

/** The process itself, then its children, then theirs, and so on. */
export function generations(root: number): Process[][] {
  const known = all()
  const found: Process[][] = []
  let next = known.filter(({ pid }) => pid === root)
  while (next.length > 0) {
    found.push(next)
    const parents = new Set(next.map(({ pid }) => pid))
    next = known.filter(({ parent }) => parents.has(parent))
  }
  return found
}

function current({ pid, started }: Process): Process | undefined {
  const now = read(pid)
  // The start time tells it from a later process that merely got the same id.
  return now?.started === started ? now : undefined
}

export function isRunning(process: Process): boolean {
  const now = current(process)
  return now !== undefined && now.state !== 'Z'
}

/** Whether it runs, or has ended and was not reaped. Our own are: as soon as the event loop turns. */
export function isListed(listed: Process): boolean {
  const now = current(listed)
  return now !== undefined && !(now.state === 'Z' && now.parent === process.pid)
}
