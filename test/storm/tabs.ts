import type { Browser, Page } from '../harness/browsers.js'
import { type Burst, burstSource } from './burst.js'
import type { Contestant } from './contestant.js'

export interface Tabs {
  signIn(): Promise<void>
  /** Has every tab begin at this instant. */
  burst(at: number): Promise<Burst[]>
  /** Whether any of them has lost the session. */
  haveLost(): Promise<boolean>
  close(): Promise<void>
}

async function restart(page: Page, asker: string): Promise<void> {
  await page.reload()
  await page.waitFor(`globalThis.${asker}`)
  await page.evaluate(`${asker}.ready()`)
}

/** Where tabs share what is stored one signs in, and all start anew to find it. */
async function signIn(pages: readonly Page[], { asker, isShared }: Contestant): Promise<void> {
  await Promise.all(pages.slice(0, isShared ? 1 : undefined).map((page) => page.evaluate('signIn()')))
  if (isShared) await Promise.all(pages.map((page) => restart(page, asker)))
}

/** Begun in all and then waited for, because WebKit's driver waits for one window at a time. */
async function burst(pages: readonly Page[], source: string): Promise<Burst[]> {
  await Promise.all(pages.map((page) => page.evaluate(`void (globalThis.burst = ${source})`)))
  return Promise.all(pages.map((page) => page.evaluate<Burst>('burst')))
}

async function open(browser: Browser, url: string, asker: string): Promise<Page> {
  const page = await browser.open(url)
  await page.waitFor(`globalThis.${asker}`)
  return page
}

/** Opens tabs of one browser, which share cookies, storage and locks. */
export async function openTabs(
  browser: Browser,
  origin: string,
  contestant: Contestant,
  { tabs, requests }: { readonly tabs: number; readonly requests: number },
): Promise<Tabs> {
  const { page: path, asker, hasLost } = contestant
  const pages = await Promise.all(Array.from({ length: tabs }, () => open(browser, origin + path, asker)))
  return {
    signIn: () => signIn(pages, contestant),
    burst: (at) => burst(pages, burstSource(asker, at, requests)),
    haveLost: async () => (await Promise.all(pages.map((page) => page.evaluate(hasLost)))).includes(true),
    close: async () => void (await Promise.all(pages.map((page) => page.close()))),
  }
}
