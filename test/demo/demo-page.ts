import type { Page } from '../harness/browsers.js'

export interface DemoPage {
  readonly page: Page
  choose(way: string): Promise<void>
  signIn(name: string): Promise<void>
  /** Presses a button of the chosen panel, and resolves to what the page then says. */
  press(action: string): Promise<string>
  /** The text of a part of the chosen panel. */
  text(selector: string): Promise<string>
  /** The lines of the request as a server saw it: those marked as attached, or all. */
  lines(marked?: 'attached'): Promise<string[]>
  offers(action: string): Promise<boolean>
  isDisabled(action: string): Promise<boolean>
  reload(): Promise<void>
  problems(): Promise<string>
}

const quoted = JSON.stringify

export function demoPage(page: Page): DemoPage {
  let panel = ''
  const at = (selector: string) => `document.querySelector(${quoted(`${panel} ${selector}`)})`
  const text = (selector: string) => page.evaluate<string>(`${at(selector)}.textContent`)
  const isSettled = () =>
    `document.querySelector('${panel}[data-status]:not([data-status=unknown], [aria-busy=true])') !== null`
  const settled = () => page.waitFor(isSettled())
  const lines = (marked = '') => {
    const selector = quoted(`${panel} .raw li${marked && `.${marked}`}`)
    return page.evaluate<string[]>(`[...document.querySelectorAll(${selector})].map((li) => li.textContent)`)
  }
  const press = async (action: string) => {
    await page.evaluate(`${at('.result')}.replaceChildren()`)
    await page.click(`${panel} [data-action=${action}]`)
    await page.waitFor(`${at('.result')}.textContent !== ''`)
    await settled()
    return text('.result')
  }
  return {
    page,
    text,
    press,
    lines,
    async choose(way) {
      panel = `#panel-${way}`
      await page.click(`#way-${way}`)
      await settled()
    },
    async signIn(name) {
      await page.evaluate(`${at('input')}.value = ''`)
      await page.type(`${panel} input`, name)
      await page.click(`${panel} [type=submit]`)
      await page.waitFor(`${at('.result')}.textContent.startsWith(${quoted(`Signed in as ${name}`)})`)
      await settled()
    },
    offers: (action) => page.evaluate<boolean>(`${at(`[data-action=${action}]`)} !== null`),
    isDisabled: (action) => page.evaluate<boolean>(`${at(`[data-action=${action}]`)}.disabled`),
    async reload() {
      await page.evaluate("document.body.dataset.old = 'yes'")
      await page.click(`${panel} [data-action=reload]`)
      await page.waitFor(`!document.body.dataset.old && ${isSettled()}`)
    },
    problems: () => page.evaluate<string>("document.querySelector('#problems').textContent"),
  }
}
