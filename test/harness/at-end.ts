import { killTrees } from './processes.js'

export interface Ending {
  /** The process to end, once there is one. */
  pid(): number | undefined
  /** What is left to do when it has ended. */
  after(): void
}

const endings = new Set<Ending>()
let isWatching = false

function runAll(): void {
  const all = [...endings]
  endings.clear()
  // All at once: whoever sent a signal may have no more than half a second of patience for all browsers.
  killTrees(all.map((ending) => ending.pid()).filter((pid) => pid !== undefined))
  for (const ending of all) ending.after()
}

function onSignal(name: NodeJS.Signals): void {
  runAll()
  // Being listened to, the signal has not ended this process; without another listener it should.
  if (process.listenerCount(name) === 0) process.kill(process.pid, name)
}

function watch(): void {
  if (isWatching) return
  isWatching = true
  process.on('exit', runAll)
  for (const name of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) process.once(name, onSignal)
}

/** Has a process ended when this one ends, by a signal or by itself, unless that is called off before. */
export function atEnd(ending: Ending): () => void {
  watch()
  endings.add(ending)
  return () => endings.delete(ending)
}
