import { expect } from 'vitest'
import type { Page } from '../harness/browsers.js'

export type Table = 'sessions' | 'tokenHashes' | 'signIns' | 'refreshTokens' | 'denied'

export interface KeepsPage {
  opened(): Promise<void>
  /** Presses a button of one kind, and resolves to what the page then says. */
  press(kind: string, action: 'signIn' | 'call' | 'signOut' | 'useCopy'): Promise<string>
  signIn(kind: string, name: string): Promise<void>
  /** The rows of a table that are about that name. */
  rows(table: Table, name: string): Promise<string[]>
  /** What the server did, each as a line to read. */
  did(): Promise<string[]>
  texts(selector: string): Promise<string[]>
}

export const section = "document.querySelector('#section-server-keeps')"

/** The section in a page: what a person does there and what is then to be read. */
export function keepsPage(page: Page): KeepsPage {
  const texts = (selector: string) =>
    page.evaluate<string[]>(
      `[...${section}.querySelectorAll(${JSON.stringify(selector)})].map((one) => one.textContent)`,
    )
  const press: KeepsPage['press'] = async (kind, action) => {
    await page.evaluate(`${section}.querySelector('.result').replaceChildren()`)
    await page.click(`#keeps-${kind} [data-action=${action}]`)
    await page.waitFor(
      `${section}.ariaBusy === 'false' && ${section}.querySelector('.result').textContent !== ''`,
    )
    return (await texts('.result')).join()
  }
  return {
    opened: () => page.waitFor(`${section}.querySelector('table') !== null`),
    press,
    async signIn(kind, name) {
      await page.evaluate(`${section}.querySelector('input').value = ${JSON.stringify(name)}`)
      expect(await press(kind, 'signIn')).toContain(`Signed in as ${name}`)
    },
    rows: async (table, name) =>
      (await texts(`[data-table=${table}] tbody tr`)).filter((row) => row.includes(name)),
    did: () => texts('.keeps-did li'),
    texts,
  }
}
