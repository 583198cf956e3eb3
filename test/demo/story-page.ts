import type { Page } from '../harness/browsers.js'
import type { Demo } from './demo-process.js'

/** One arrow of the diagram, as the page has it. */
export interface Drawn {
  readonly from: string
  readonly to: string
  readonly text: string
  readonly lines: readonly string[]
}

interface Entry {
  readonly kind: string
  readonly line: string
  readonly status: number
}

export interface StoryPage {
  readonly page: Page
  /** The columns of the table. */
  readonly ways: readonly string[]
  run(): Promise<void>
  play(step: string): Promise<void>
  /** What each cell says, by step and way. */
  rows(): Promise<Record<string, Record<string, string>>>
  /** Chooses a cell, and resolves to what its diagram shows. */
  open(step: string, way: string): Promise<readonly Drawn[]>
  linesFrom(messages: readonly Drawn[], lane: string): string[]
  finished(step: string): Promise<void>
  settled(): Promise<void>
  /** What the server wrote down since the page was opened. */
  log(): Promise<readonly Entry[]>
  problems(): Promise<string>
}

const cells = "[...document.querySelectorAll('#matrix td')]"
const textOf = "(cell) => cell.querySelector('button > :last-child, .unfit, .unseen')?.textContent ?? '…'"
const drawn = `[...document.querySelectorAll('.sequence li')].map((li) => ({
  from: li.dataset.from,
  to: li.dataset.to,
  text: li.querySelector('p').lastChild.textContent,
  lines: [...li.querySelectorAll('code')].map((code) => code.textContent),
}))`

export async function storyPage(page: Page, { url }: Demo): Promise<StoryPage> {
  const settled = () =>
    page.waitFor("document.querySelectorAll('#panels > [data-status]:not([data-status=unknown])').length > 6")
  const logSince = async (after: number) => (await fetch(`${url}/api/lab/log?after=${after}`)).json()
  const { last: before } = await logSince(0)
  await settled()
  const names = await page.evaluate<string[]>(`${cells}.map((cell) => cell.dataset.cell)`)
  const ways = [...new Set(names.map((name) => name.replace(/.*\//, '')))]
  const finished = (step: string) =>
    page.waitFor(`document.querySelector('#happened').dataset.cell?.startsWith('${step}/')`, 60_000)
  return {
    page,
    ways,
    finished,
    settled,
    async run() {
      await page.click('#run-story')
      await page.waitFor(
        `document.querySelectorAll('[data-cell^=signOut] button').length === ${ways.length}`,
        60_000,
      )
      await finished('call')
    },
    async play(step) {
      await page.evaluate("delete document.querySelector('#happened').dataset.cell")
      await page.click(`[data-step=${step}]`)
      await finished(step)
    },
    async rows() {
      const pairs = await page.evaluate<[string, string][]>(
        `${cells}.map((cell) => [cell.dataset.cell, (${textOf})(cell)])`,
      )
      const rows: Record<string, Record<string, string>> = {}
      for (const [name, text] of pairs) {
        const [step = '', way = ''] = name.split('/')
        rows[step] = { ...rows[step], [way]: text }
      }
      return rows
    },
    async open(step, way) {
      await page.click(`[data-cell="${step}/${way}"] button`)
      await page.waitFor(`document.querySelector('#happened').dataset.cell === '${step}/${way}'`)
      return page.evaluate(drawn)
    },
    linesFrom: (messages, lane) => messages.filter(({ from }) => from === lane).flatMap(({ lines }) => lines),
    async log() {
      return (await logSince(before)).entries
    },
    problems: () => page.evaluate("document.querySelector('#problems').textContent"),
  }
}
