import type { LatchkeyState } from '../../src/index.js'
import type { Page } from '../harness/browsers.js'
import { type Asked, asking } from './asked.js'

/** What the page wrote down of one event. */
export interface Noted {
  readonly type: string
  readonly status: string
  readonly reason?: string
  readonly code?: string
  /** When, in milliseconds since the epoch. */
  readonly at: number
}

export interface Tab extends Page {
  /** Starts something in the page and does not wait for it. */
  begin(source: string): Promise<void>
  /** What became of it. */
  outcome<T = Asked>(): Promise<T>
  ask(path?: string): Promise<Asked>
  state(): Promise<LatchkeyState>
  /** Since the page was opened, or has signed in. */
  events(): Promise<Noted[]>
  /** All that rests in localStorage. */
  stored(): Promise<string>
  /** Sets the page's clock forward, or back. */
  jump(ms: number): Promise<void>
  /** Stops all tasks of the page, as Chromium does with tabs that were long in the background; Chromium only. */
  freeze(): Promise<void>
  resume(): Promise<void>
}

function live(page: Page, state: 'frozen' | 'active'): () => Promise<void> {
  return async () => void (await page.devtools('Page.setWebLifecycleState', { state }))
}

export function tabOf(page: Page): Tab {
  return {
    ...page,
    begin: (source) => page.evaluate(`void (globalThis.begun = ${source})`),
    outcome: () => page.evaluate('begun'),
    ask: (path = '/api/1') => page.evaluate(asking(path)),
    state: () => page.evaluate('latchkey.state'),
    events: () => page.evaluate('events'),
    stored: () => page.evaluate('Object.values(localStorage).join()'),
    jump: (ms) => page.evaluate(`void (clockMs += ${ms})`),
    freeze: live(page, 'frozen'),
    resume: live(page, 'active'),
  }
}
