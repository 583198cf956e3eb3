import type { Page } from '../harness/browsers.js'

export interface Cell {
  readonly tone: 'good' | 'bad' | 'plain'
  readonly text: string
}

/** What an attack's table says, by the title of the strategy. */
export type Rows = Readonly<Record<string, readonly Cell[]>>

export interface AttackPage {
  /** Presses the attack's button, and resolves to its table. */
  attack(name: string): Promise<Rows>
  /** Lets the victim sign in, and follow the link to the other origin's page. */
  takeBait(): Promise<Rows>
  rowsIn(selector: string): Promise<Rows>
  /** All that the attack's collecting server wrote down since the page was opened, as it has it. */
  collected(): Promise<readonly string[]>
  problems(): Promise<string>
}

const CELLS = "[...row.querySelectorAll('td')].map((td) => ({ tone: td.dataset.tone, text: td.textContent }))"

export function attackPage(page: Page): AttackPage {
  const rowsIn = async (selector: string) => {
    const rows = `[...document.querySelectorAll('${selector} tbody tr')]`
    const entries = `${rows}.map((row) => [row.querySelector('th').textContent, ${CELLS}])`
    return page.evaluate<Rows>(`Object.fromEntries(${entries})`)
  }
  const ended = async (name: string) => {
    await page.waitFor(
      `document.querySelector('#attack-${name}[aria-busy=false] .result:not([data-tone=plain])')`,
    )
    return rowsIn(`#attack-${name}`)
  }
  return {
    rowsIn,
    async attack(name) {
      await page.click(`#attack-${name} button`)
      return ended(name)
    },
    async takeBait() {
      await page.click('#attack-csrf button')
      await page.waitFor("document.querySelector('#attack-csrf[aria-busy=false] a.bait')")
      await page.click('#attack-csrf a.bait')
      return ended('csrf')
    },
    async collected() {
      const asked = "performance.getEntriesByType('resource').map(({ name }) => name)"
      const logs = (await page.evaluate<string[]>(asked)).filter((url) => /\/log\?visit=/.test(url))
      const texts = await Promise.all(logs.map(async (url) => (await fetch(url)).json()))
      return texts
        .flat()
        .map(({ line, headers }) => [line, ...headers.map((pair: string[]) => pair.join(': '))].join('\n'))
    },
    problems: () => page.evaluate<string>("document.querySelector('#problems').textContent"),
  }
}
