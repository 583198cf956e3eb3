import { type Did, lastLogged, serverLog } from '../server-log.js'
import { filled, words } from '../word.js'

const { did: texts } = words.serverKeeps

/** What comes of some work, and what the server did for it, each as a line to read. */
export async function withLog<T>(kind: string, work: () => Promise<T>): Promise<readonly [T, string[]]> {
  const last = await lastLogged()
  const outcome = await work()
  const { entries } = await serverLog(last)
  const own = entries.filter((entry) => entry.kind === kind)
  return [outcome, own.flatMap(({ did }) => did.map(line))]
}

function line({ what, where, thing, found }: Did): string {
  const outcome = found === undefined ? '' : found ? texts.found : texts.notFound
  const done = { what: texts.what[what], thing: texts.thing[thing], where: texts.where[where] }
  return filled(texts.line, done) + outcome
}
