import { type Browser, openBrowser, type Page } from '../harness/browsers.js'
import type { BenchArguments, BenchEngine } from './arguments.js'
import { type Kind, kinds, tabCounts } from './counts.js'
import { type Order, orderOf } from './order.js'
import type { Row } from './rows.js'
import { call, scriptsOf } from './scripts.js'
import { openSite } from './site.js'
import { spreadOf } from './spread.js'
import { tokensOf } from './tokens.js'

const source = () => `
  import * as growing from './page/growing.js'
  Object.assign(globalThis, { growing })`

/** One point of a curve, over all rounds. */
interface Point {
  readonly of: string
  readonly count: number
  readonly microseconds: number[]
}

async function openPage(browser: Browser, url: string): Promise<Page> {
  const page = await browser.open(url)
  await page.waitFor('globalThis.growing')
  return page
}

async function sample(page: Page, points: readonly Point[]): Promise<void> {
  for (const { name, of } of kinds)
    for (const point of points.filter((one) => one.of === of))
      point.microseconds.push(await page.evaluate(call(`growing.${name}`, point.count, tokensOf(1024))))
}

const blank = (of: string, counts: readonly number[]): Point[] =>
  counts.map((count) => ({ of, count, microseconds: [] }))

/** All in one page, round by round. */
async function inPage(
  browser: Browser,
  url: string,
  those: readonly Kind[],
  rounds: number,
): Promise<Point[]> {
  const points = those.flatMap(({ of, counts }) => blank(of, counts))
  if (points.length === 0) return []
  const page = await openPage(browser, url)
  for (let round = 0; round < rounds; round++) await sample(page, points)
  await page.close()
  return points
}

/** Tabs are opened once, so their rounds come one after the other. */
async function overTabs(browser: Browser, url: string, rounds: number): Promise<Point[]> {
  const points = blank('tabs', tabCounts)
  const pages: Page[] = []
  for (const { count, microseconds } of points) {
    while (pages.length < count) {
      const page = await openPage(browser, url)
      await page.evaluate(call('growing.join', ...(pages.length === 0 ? [tokensOf(1024)] : [])))
      pages.push(page)
    }
    for (let round = 0; round < rounds; round++)
      microseconds.push((await pages[0]?.evaluate<number>('growing.tab()')) ?? Number.NaN)
  }
  return points
}

const nameFor = (of: string) => `latchkey ${of}`

function rowOf(engine: BenchEngine, { of, count, microseconds }: Point, order: Order): Row {
  return { name: nameFor(of), engine, count, microseconds: spreadOf(microseconds), order }
}

function rowsOf(engine: BenchEngine, points: readonly Point[]): Row[] {
  // Of the least, since what disturbs a round only adds to it.
  const orderIn = (of: string) =>
    orderOf(
      points
        .filter((point) => point.of === of)
        .map(({ count, microseconds }) => [count, spreadOf(microseconds).min] as const),
    )
  return points.map((point) => rowOf(engine, point, orderIn(point.of)))
}

/** What a request costs when there is more and more of something; of those that wait, all of them together. */
export async function growth({ engines, rounds, match }: BenchArguments): Promise<Row[]> {
  const those = kinds.filter(({ of }) => nameFor(of).includes(match))
  const isOfTabs = nameFor('tabs').includes(match)
  if (those.length === 0 && !isOfTabs) return []
  const site = await openSite(await scriptsOf([{ host: 'growth', module: '' }], source))
  try {
    const rows: Row[] = []
    for (const engine of engines) {
      const browser = await openBrowser(engine)
      try {
        const url = site.pageOf('growth')
        const points = await inPage(browser, url, those, rounds)
        const ofTabs = isOfTabs ? await overTabs(browser, url, rounds) : []
        rows.push(...rowsOf(engine, [...ofTabs, ...points]))
      } finally {
        await browser.close()
      }
    }
    return rows
  } finally {
    site.close()
  }
}
