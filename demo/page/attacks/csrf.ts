import type { Seen } from '../server.js'
import { type Entry, serverLog } from '../server-log.js'
import { filled, words } from '../word.js'
import { bad, type Finding, good, type Outcome } from './finding.js'
import { foreignServer } from './foreign-server.js'
import { isCookie, type Victim } from './victims.js'

const say = words.attacks.csrf
const WAYS = ['form', 'fetch'] as const
const PATIENCE_MS = 15_000
const PAUSE_MS = 200

const missing: Outcome = { tone: 'plain', text: say.missing }

/** What another origin's page did with this browser, as our own server's log has it, and what it told its own. */
export async function csrf(victims: readonly Victim[], visit: string): Promise<Finding[]> {
  const expected = new Set(victims.map(({ kind }) => kind)).size * WAYS.length
  const server = await foreignServer()
  const [entries, [told]] = await Promise.all([
    arrived(() => forged(visit), expected),
    arrived(() => server.arrived(visit), 1),
  ])
  return victims.map((victim) => findingOf(victim, entries, told))
}

async function forged(visit: string): Promise<readonly Entry[]> {
  const { entries } = await serverLog(0)
  return entries.filter(({ line }) => line.includes(visit))
}

/** The other page says nothing to this one, so a log is asked until all is there. */
async function arrived<T>(look: () => Promise<readonly T[]>, expected: number): Promise<readonly T[]> {
  const until = Date.now() + PATIENCE_MS
  for (;;) {
    const found = await look()
    if (found.length >= expected || Date.now() > until) return found
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}

function findingOf(victim: Victim, entries: readonly Entry[], told: Seen | undefined): Finding {
  const sent = WAYS.map((way) => {
    const entry = entries.find(
      ({ line }) => line.includes(`/api/${victim.kind}/`) && line.includes(`by=${way}`),
    )
    return entry ? outcomeOf(victim, entry) : missing
  })
  const read = told ? readOf(victim, told) : missing
  return { victim, outcomes: [...sent, read], short: shortOf(victim, sent, read) }
}

/** What the other page's script has seen of a victim's: cookies know no ports. */
function readOf(victim: Victim, { headers }: Seen): Outcome {
  const pairs = headers.find(([name]) => /^x-read$/i.test(name))?.[1].split('; ') ?? []
  const own = pairs.filter((pair) => pair.startsWith(`${victim.carrier}=`))
  if (own.length > 0) return bad(say.read, own.join('\n'))
  const token = pairs.filter((pair) => pair.startsWith('XSRF-TOKEN='))
  return isCookie(victim) && token.length > 0 ? good(say.readToken, token.join('\n')) : good(say.readNothing)
}

function outcomeOf({ carrier }: Victim, { headers, status }: Entry): Outcome {
  if (status === 200) return bad(filled(say.accepted, { status }))
  if (status !== 401 && status !== 403) throw new Error(`neither accepted nor refused: ${status}`)
  const cookies = headers.find(([name]) => /^cookie$/i.test(name))?.[1].split('; ') ?? []
  const own = cookies.find((pair) => pair.startsWith(`${carrier}=`))
  return good(filled(own ? say.stopped : say.nothing, { status }), own && `cookie: ${own}`)
}

function shortOf(victim: Victim, sent: readonly Outcome[], read: Outcome): Outcome {
  if (sent.some(({ tone }) => tone === 'bad')) return bad(say.shortAccepted)
  if (read.tone === 'bad') return bad(say.shortRead)
  if ([...sent, read].some(({ tone }) => tone === 'plain')) return { tone: 'plain', text: say.missing }
  return good(isCookie(victim) ? say.shortStopped : say.shortNothing)
}
