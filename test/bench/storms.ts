import { type Browser, openBrowser } from '../harness/browsers.js'
import { type Contestant, latchkey } from '../storm/contestant.js'
import { type Round, resultOf } from '../storm/figures.js'
import { defaults, type StormOptions, strategies } from '../storm/options.js'
import { openStorm, type Storm } from '../storm/run-storm.js'
import type { BenchArguments, BenchEngine } from './arguments.js'
import { stormTabCounts } from './counts.js'
import { naming } from './naming.js'
import { partsOf } from './parts.js'
import { failsAfter, sourceOf, tabsOf } from './peer-tabs.js'
import { nameOf, stormers } from './peers.js'
import type { Row } from './rows.js'
import { scriptsOf } from './scripts.js'

/** One of those whose tabs ask. */
interface Entrant {
  readonly name: string
  readonly strategy: StormOptions['strategy']
  readonly contestant: Contestant
}

const requests = 10
const delayMs = 100
/** More rounds would show no more: those whose sessions are lost lose them in each. */
const mostRounds = 3
/** So many are open at once: the others' tokens expire while one is in its turn. */
const mostAtOnce = 60

/** Long enough for the last request of a round, also on a machine that is busy. */
const lifeSeconds = (tabs: number) => Math.max(6, Math.ceil((tabs * requests) / 25))

/** Not of one tab each, since such tabs have nothing to agree on. */
const shared = strategies.filter((strategy) => strategy !== 'jwt-session')

function ours(strategy: StormOptions['strategy']): Entrant {
  const contestant = latchkey({ ...defaults, strategy })
  const server = { host: `${strategy}.localhost` }
  return {
    name: `latchkey ${strategy.replace('-local', '')}`,
    strategy,
    contestant: { ...contestant, server, hasLost: failsAfter(contestant.asker) },
  }
}

async function entrants(match: string): Promise<Entrant[]> {
  const peers = stormers.filter((one) => nameOf(one).includes(match))
  const scripts = await scriptsOf(peers, sourceOf)
  const theirs = peers.map((peer) => ({
    name: nameOf(peer),
    strategy: defaults.strategy,
    contestant: tabsOf(peer.host, scripts.get(`/${peer.host}.js`) ?? ''),
  }))
  return [...shared.map(ours).filter(({ name }) => name.includes(match)), ...theirs]
}

function rowOf(engine: BenchEngine, name: string, tabs: number, rounds: readonly Round[]): Row {
  const { firstAnswerMs, lastAnswerMs, ...figures } = resultOf(rounds)
  const { median, worst } = lastAnswerMs
  const times = { firstAnswerMs: firstAnswerMs.median, lastAnswerMs: median, worstLastAnswerMs: worst }
  return { name, engine, tabs, requests, ...figures, ...times }
}

interface Running {
  readonly name: string
  readonly storm: Storm
  readonly rounds: Round[]
}

async function open(
  browser: Browser,
  { name, strategy, contestant }: Entrant,
  tabs: number,
): Promise<Running> {
  const options = { strategy, tabs, requests, delayMs, accessTokenSeconds: lifeSeconds(tabs) }
  return { name, storm: await openStorm(browser, options, contestant), rounds: [] }
}

/** Round by round each in its turn, so that what disturbs one disturbs them all. */
async function inTurns(browser: Browser, part: readonly Entrant[], tabs: number, count: number) {
  const running: Running[] = []
  try {
    for (const entrant of part) running.push(await naming(entrant.name, open(browser, entrant, tabs)))
    for (let round = 0; round < count; round++)
      for (const { name, storm, rounds } of running) rounds.push(await naming(name, storm.round()))
    return running
  } finally {
    await Promise.allSettled(running.map(({ storm }) => storm.close()))
  }
}

async function inEngine(engine: BenchEngine, all: readonly Entrant[], count: number): Promise<Row[]> {
  const browser = await openBrowser(engine)
  try {
    const rows: Row[] = []
    for (const tabs of stormTabCounts) {
      console.error(`bench: ${engine}, ${tabs} tabs each`)
      for (const part of partsOf(all, Math.floor(mostAtOnce / tabs)))
        for (const { name, rounds } of await inTurns(browser, part, tabs, count))
          rows.push(rowOf(engine, name, tabs, rounds))
    }
    return rows
  } finally {
    await browser.close()
  }
}

/** Tabs that all ask at the moment in which their token has expired: the library's and those of its peers. */
export async function storm({ engines, rounds, match }: BenchArguments): Promise<Row[]> {
  const all = await entrants(match)
  if (all.length === 0) return []
  const rows: Row[] = []
  for (const engine of engines) rows.push(...(await inEngine(engine, all, Math.min(rounds, mostRounds))))
  return rows
}
