import { openBrowser } from '../harness/browsers.js'
import type { BenchArguments, BenchEngine } from './arguments.js'
import { naming } from './naming.js'
import { nameOf, strategies } from './peers.js'
import type { Row } from './rows.js'
import { call, scriptsOf } from './scripts.js'
import { openSite, type Site } from './site.js'
import { spreadOf } from './spread.js'
import { tokensOf } from './tokens.js'

interface Start {
  readonly name: string
  readonly profile: 'cold' | 'warm'
  readonly readyMs: number
  readonly answerMs: number
}

const source = (module: string) => `
  import './page/began.js'
  import { startUp } from './page/start-up.js'
  import * as strategy from '${module}'
  globalThis.start = (tokens) => startUp(strategy, tokens)`

/** In a browser that has never been there the page finds nothing and signs in; then it is visited once more. */
async function visits(engine: BenchEngine, site: Site, contenders: typeof strategies): Promise<Start[]> {
  const browser = await openBrowser(engine)
  const starts: Start[] = []
  try {
    for (const one of contenders) {
      const page = await browser.open('about:blank')
      for (const profile of ['cold', 'warm'] as const) {
        await page.goto(site.pageOf(one.host))
        await page.waitFor('globalThis.start')
        const start = await naming(nameOf(one), page.evaluate<Start>(call('start', tokensOf(1024))))
        starts.push({ ...start, name: nameOf(one), profile })
      }
      await page.close()
    }
    return starts
  } finally {
    await browser.close()
  }
}

/** The one that comes first opens what the others find open: so each is first in its turn. */
const turned = <T>(list: readonly T[], by: number): T[] => {
  const at = by % list.length
  return [...list.slice(at), ...list.slice(0, at)]
}

function rowsOf(engine: BenchEngine, starts: readonly Start[]): Row[] {
  const kinds = new Map(starts.map(({ name, profile }) => [`${name} ${profile}`, { name, profile }]))
  return [...kinds.values()].map(({ name, profile }) => {
    const those = starts.filter((start) => start.name === name && start.profile === profile)
    const readyMs = spreadOf(those.map((start) => start.readyMs))
    return { name, engine, profile, readyMs, firstAnswerMs: spreadOf(those.map((start) => start.answerMs)) }
  })
}

/** From the first line of a page's script until the credential is looked up, and until the first answer. */
export async function startUp({ engines, rounds, match }: BenchArguments): Promise<Row[]> {
  const contenders = strategies.filter((one) => nameOf(one).includes(match))
  if (contenders.length === 0) return []
  const site = await openSite(await scriptsOf(contenders, source))
  try {
    const rows: Row[] = []
    for (const engine of engines) {
      const starts: Start[] = []
      for (let round = 0; round < rounds; round++)
        starts.push(...(await visits(engine, site, turned(contenders, round))))
      rows.push(...rowsOf(engine, starts))
    }
    return rows
  } finally {
    site.close()
  }
}
