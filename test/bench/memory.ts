import { type Browser, openBrowser, type Page } from '../harness/browsers.js'
import type { BenchArguments } from './arguments.js'
import type { Row } from './rows.js'
import { call, scriptsOf } from './scripts.js'
import { openSite, type Site } from './site.js'
import { spreadOf } from './spread.js'
import { tokensOf } from './tokens.js'

const source = () => `
  import * as holding from './page/holding.js'
  Object.assign(globalThis, { holding })`

/** Bytes that are still in use when all garbage is collected. */
async function heap(page: Page): Promise<number> {
  // What is freed by one collection may hold what the next one frees.
  for (let times = 0; times < 3; times++) await page.devtools('HeapProfiler.collectGarbage')
  const { usedSize } = (await page.devtools('Runtime.getHeapUsage')) as { usedSize: number }
  return usedSize
}

interface Kind {
  readonly name: string
  /** The page's function. */
  readonly does: 'hold' | 'wait' | 'ask'
  readonly count: number
  /** Whether the figure is for one of them, or for all. */
  readonly isEach: boolean
}

const kinds: readonly Kind[] = [
  { name: 'latchkey instance', does: 'hold', count: 500, isEach: true },
  { name: 'latchkey request waiting for a refresh', does: 'wait', count: 2000, isEach: true },
  { name: 'latchkey after 100,000 requests', does: 'ask', count: 100_000, isEach: false },
]

async function retained(page: Page, { does, count, isEach }: Kind): Promise<number> {
  // Once before, so that what is made a single time is not counted.
  await page.evaluate(call(`holding.${does}`, Math.min(count, 100), tokensOf(1024)))
  await page.evaluate('holding.release()')
  const before = await heap(page)
  await page.evaluate(call(`holding.${does}`, count, tokensOf(1024)))
  const bytes = (await heap(page)) - before
  await page.evaluate('holding.release()')
  return Math.round(isEach ? bytes / count : bytes)
}

async function rowOf(browser: Browser, site: Site, kind: Kind, rounds: number): Promise<Row> {
  const bytes: number[] = []
  for (let round = 0; round < Math.min(rounds, 5); round++) {
    const page = await browser.open(site.pageOf('memory'))
    await page.waitFor('globalThis.holding')
    bytes.push(await retained(page, kind))
    await page.close()
  }
  return { name: kind.name, engine: 'chromium', bytes: spreadOf(bytes) }
}

async function rowsOf(site: Site, those: readonly Kind[], rounds: number): Promise<Row[]> {
  const browser = await openBrowser('chromium')
  try {
    const rows: Row[] = []
    for (const kind of those) rows.push(await rowOf(browser, site, kind, rounds))
    return rows
  } finally {
    await browser.close()
  }
}

/** What stays in memory. Chromium alone says how much that is. */
export async function memory({ engines, rounds, match }: BenchArguments): Promise<Row[]> {
  const those = kinds.filter(({ name }) => name.includes(match))
  if (!engines.includes('chromium') || those.length === 0) return []
  const site = await openSite(await scriptsOf([{ host: 'memory', module: '' }], source))
  try {
    return await rowsOf(site, those, rounds)
  } finally {
    site.close()
  }
}
