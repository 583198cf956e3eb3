import { type RequestHandler, Router } from 'express'
import { checked, logQuery } from '../server/input.js'
import { type Entry, KEPT_ENTRIES } from '../server/lab/log.js'
import { notAllowed } from '../server/refusal.js'
import { uncached } from '../server/routes.js'
import type { ServerProcess } from './server-process.js'

/** One log of what all servers were asked: each writes its own, under numbers that another one uses as well. */
export function farmLog(members: readonly ServerProcess[]): Router {
  const entries: Entry[] = []
  const readers = members.map(readerOf)
  let last = 0
  const gather = async () => {
    const news = (await Promise.all(readers.map((read) => read()))).flat()
    for (const entry of news.sort((one, other) => one.at - other.at)) {
      last += 1
      entries.push({ ...entry, number: last })
    }
    entries.splice(0, entries.length - KEPT_ENTRIES)
  }
  // One after the other: what is asked for twice at the same time would be gathered twice.
  let gathered = Promise.resolve()
  const show: RequestHandler = async ({ query }, response) => {
    const { after } = checked(logQuery, query)
    gathered = gathered.then(gather)
    await gathered
    response.json({ last, entries: entries.filter(({ number }) => number > after) })
  }
  const routes = Router()
  routes.route('/').get(uncached, show).all(notAllowed('GET'))
  return routes
}

const PATIENCE_MS = 2_000

/** Reads what a server has written since it was read before. A process that was started anew begins at one. */
function readerOf(member: ServerProcess): () => Promise<Entry[]> {
  let read = { pid: member.pid, last: 0 }
  return async () => {
    const { pid, origin } = member
    if (!origin) return []
    const after = pid === read.pid ? read.last : 0
    const log = await entriesAfter(`${origin}/api/lab/log?after=${after}`)
    if (!log) return []
    read = { pid, last: log.last }
    return log.entries
  }
}

/** Nothing, if the server goes away meanwhile or does not answer: the other one's are good without. */
async function entriesAfter(url: string): Promise<{ last: number; entries: Entry[] } | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) })
    return answer.ok ? await answer.json() : undefined
  } catch {
    return undefined
  }
}
