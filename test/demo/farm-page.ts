import type { Page } from '../harness/browsers.js'

export interface FarmPage {
  readonly page: Page
  /** Chooses the strategy for what is done next. */
  choose(way: string): Promise<void>
  signIn(name: string): Promise<string>
  /** Presses a button of the section, and resolves to what the page then says. */
  press(selector: string): Promise<string>
  /** Which server answered each of the latest calls. */
  answers(): Promise<string[]>
  text(selector: string): Promise<string>
  problems(): Promise<string>
}

const ROOT = '#section-farm'

export function farmPage(page: Page): FarmPage {
  const at = (selector: string) => `document.querySelector(${JSON.stringify(`${ROOT} ${selector}`)})`
  const text = (selector: string) => page.evaluate<string>(`${at(selector)}.textContent`)
  const press = async (selector: string) => {
    await page.waitFor(`!${at(selector)}.disabled`)
    await page.evaluate(`${at('.result')}.replaceChildren()`)
    await page.click(`${ROOT} ${selector}`)
    await page.waitFor(`${at('.result')}.textContent !== ''`)
    return text('.result')
  }
  return {
    page,
    press,
    text,
    choose: (way) => page.evaluate(`void (${at('select')}.value = ${JSON.stringify(way)})`),
    async signIn(name) {
      await page.evaluate(`${at('input')}.value = ''`)
      await page.type(`${ROOT} input`, name)
      return press('[type=submit]')
    },
    answers: () =>
      page.evaluate(`[...${at('.farm-runs .answers')}.children].map((item) => item.textContent)`),
    problems: () => page.evaluate("document.querySelector('#problems').textContent"),
  }
}
