import type { Browser, Page } from '../harness/browsers.js'
import { type Burst, burstSource } from './burst.js'
import type { StormOptions } from './options.js'

export interface Tabs {
  signIn(): Promise<void>
  /** Has every tab begin at this instant. */
  burst(at: number): Promise<Burst[]>
  close(): Promise<void>
}

function address(origin: string, { strategy, noLocks, dpop, refreshBeforeSeconds }: StormOptions): string {
  const options = JSON.stringify({ refreshBeforeSeconds })
  const query = new URLSearchParams({ strategy, options, ...(noLocks ? { noLocks: '1' } : {}) })
  if (dpop) query.set('dpop', '{}')
  return `${origin}/page?${query}`
}

async function restart(page: Page): Promise<void> {
  await page.reload()
  await page.evaluate('latchkey.ready()')
}

/** Where tabs share what is stored one signs in, and the others start anew to find it. */
async function signIn([first, ...others]: readonly Page[], isShared: boolean): Promise<void> {
  await first?.evaluate('signIn()')
  await Promise.all(others.map((page) => (isShared ? restart(page) : page.evaluate('signIn()'))))
}

/** Begun in all and then waited for, because WebKit's driver waits for one window at a time. */
async function burst(pages: readonly Page[], source: string): Promise<Burst[]> {
  await Promise.all(pages.map((page) => page.evaluate(`void (globalThis.burst = ${source})`)))
  return Promise.all(pages.map((page) => page.evaluate<Burst>('burst')))
}

/** Opens tabs of one browser, which share cookies, storage and locks. */
export async function openTabs(browser: Browser, origin: string, options: StormOptions): Promise<Tabs> {
  const open = () => browser.open(address(origin, options))
  const pages = await Promise.all(Array.from({ length: options.tabs }, open))
  return {
    signIn: () => signIn(pages, options.strategy !== 'jwt-session'),
    burst: (at) => burst(pages, burstSource(at, options.requests)),
    close: async () => void (await Promise.all(pages.map((page) => page.close()))),
  }
}
