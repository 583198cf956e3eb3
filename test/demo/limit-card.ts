import type { Page } from '../harness/browsers.js'

/** A card of the section *Limits*, by what its reader does and sees. */
export interface LimitCard {
  /** Presses one of its buttons, and resolves to what it says when that is done. */
  press(action?: string): Promise<string>
  text(): Promise<string>
  says(text: string): Promise<void>
  /** The answer to each thing that was tried. */
  rows(): Promise<Record<string, string>>
  /** All answers, the latest last. */
  answers(): Promise<string[]>
}

export function limitCard(page: Page, id: string): LimitCard {
  const card = `#limit-${id}`
  const result = `document.querySelector('${card} .result')`
  const text = () => page.evaluate<string>(`${result}.textContent`)
  const cells = `[...document.querySelectorAll('${card} .tried > div > *')].map((cell) => cell.textContent)`
  return {
    text,
    answers: async () => (await page.evaluate<string[]>(cells)).filter((_, index) => index % 2 === 1),
    async press(action = 'try') {
      await page.click(`${card} [data-action=${action}]`)
      await page.waitFor(`${result}.ariaBusy === 'false'`, 30_000)
      return text()
    },
    says: (text) => page.waitFor(`${result}.textContent.includes(${JSON.stringify(text)})`),
    async rows() {
      const all = await page.evaluate<string[]>(cells)
      const pairs = all.map((tried, index): [string, string] => [tried, all[index + 1] ?? ''])
      return Object.fromEntries(pairs.filter((_, index) => index % 2 === 0))
    },
  }
}
