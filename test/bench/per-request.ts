import { type Browser, openBrowser, type Page } from '../harness/browsers.js'
import type { BenchArguments, BenchEngine } from './arguments.js'
import { naming } from './naming.js'
import { type Contender, nameOf, peers, strategies } from './peers.js'
import { bareRow, requestRow, type Sample } from './request-rows.js'
import type { Row } from './rows.js'
import { call, scriptsOf } from './scripts.js'
import { type Cell, type Setting, settings } from './settings.js'
import { openSite, type Site } from './site.js'
import { tokensOf } from './tokens.js'

interface Runner extends Contender {
  readonly name: string
  readonly page: Page
  readonly requests: Map<Cell, number>
}

/** What the contender's file says of itself, seen from its page. */
interface Told {
  readonly takes?: readonly string[]
  readonly sends?: 'cookie' | 'XHR'
  readonly longestToken?: number
}

const source = (module: string) => `
  import { contend } from './page/contend.js'
  import * as peer from '${module}'
  globalThis.told = { ...peer }
  globalThis.begin = async (options) => void (globalThis.run = await contend(peer, options))`

/** So many requests in a slice that it takes long enough for any clock, and no longer. Firefox's has steps of 20 µs. */
function requestsOf(microseconds: number, { concurrent }: Cell, { fetch }: Setting): number {
  const [sliceMicroseconds, fewest] = fetch === 'stubbed' ? [2000, 50] : [5000, 5]
  return Math.ceil(Math.max(sliceMicroseconds / microseconds, fewest) / concurrent) * concurrent
}

const canTake = ({ takes, sends, longestToken = Number.POSITIVE_INFINITY }: Told, setting: Setting) => {
  const isFor = setting.tokenBytes <= longestToken && !(sends === 'XHR' && setting.fetch === 'stubbed')
  return ({ input }: Cell) => isFor && (takes?.includes(input) ?? true)
}

/** Opens a contender's page, and has it ask often enough to be compiled. */
async function begin(browser: Browser, site: Site, contender: Contender, setting: Setting): Promise<Runner> {
  const isStubbed = setting.fetch === 'stubbed'
  const page = await browser.open(site.pageOf(contender.host, isStubbed ? '?stub' : ''))
  await page.waitFor('globalThis.begin')
  const told = await page.evaluate<Told>('told')
  const cells = setting.cells.filter(canTake(told, setting))
  const requests = new Map<Cell, number>()
  if (cells.length > 0)
    await page.evaluate(call('begin', { tokens: tokensOf(setting.tokenBytes), isStubbed }))
  for (const cell of cells) {
    const microseconds = await page.evaluate<number>(call('run.warm', cell, isStubbed ? 2000 : 100))
    requests.set(cell, requestsOf(microseconds, cell, setting))
  }
  return { ...contender, name: nameOf(contender), page, requests }
}

/** Round by round each contender in its turn, so that what disturbs one disturbs them all. */
async function measure(runners: readonly Runner[], { cells }: Setting, rounds: number) {
  const samples = new Map(runners.map((runner) => [runner, new Map<Cell, Sample[]>()]))
  for (let round = 0; round < rounds; round++) {
    for (const cell of cells)
      for (const [{ name, page, requests }, ofRunner] of samples) {
        const count = requests.get(cell)
        if (count === undefined) continue
        const pair = page.evaluate<Sample>(call('run.pair', cell, count, round % 2 === 1))
        const sample = await naming(name, pair)
        ofRunner.set(cell, [...(ofRunner.get(cell) ?? []), sample])
      }
  }
  return samples
}

interface Contest {
  readonly contenders: readonly Contender[]
  readonly settings: readonly Setting[]
  readonly engines: readonly BenchEngine[]
  readonly rounds: number
}

async function inSetting(engine: BenchEngine, site: Site, setting: Setting, { contenders, rounds }: Contest) {
  const browser = await openBrowser(engine)
  try {
    const runners: Runner[] = []
    for (const one of contenders) runners.push(await naming(nameOf(one), begin(browser, site, one, setting)))
    const samples = await measure(runners, setting, rounds)
    return setting.cells.flatMap((cell) => {
      const taken = { engine, setting, cell }
      const found = [...samples].map(([{ name }, ofRunner]) => ({ name, of: ofRunner.get(cell) ?? [] }))
      const ran = found.filter(({ of }) => of.length > 0)
      if (ran.length === 0) return []
      const bare = ran.flatMap(({ of }) => of)
      return [bareRow(taken, bare), ...ran.map(({ name, of }) => requestRow(name, taken, of))]
    })
  } finally {
    await browser.close()
  }
}

/** What a request costs each contender more than the same one by hand, in some settings. */
export async function contest(all: Contest): Promise<Row[]> {
  if (all.contenders.length === 0) return []
  const site = await openSite(await scriptsOf(all.contenders, source))
  try {
    const rows: Row[] = []
    for (const engine of all.engines)
      for (const setting of all.settings) rows.push(...(await inSetting(engine, site, setting, all)))
    return rows
  } finally {
    site.close()
  }
}

/** What a request costs more than the same one by hand. */
export function perRequest({ engines, rounds, match }: BenchArguments): Promise<Row[]> {
  const contenders = [...strategies, ...peers].filter((one) => nameOf(one).includes(match))
  return contest({ contenders, settings, engines, rounds })
}
