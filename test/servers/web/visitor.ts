import { randomUUID } from 'node:crypto'
import type { LatchkeyState } from '../../../src/index.js'
import { type Browser, type Engine, openBrowser, type Page } from '../../harness/browsers.js'
import type { Entry } from './front.js'
import { running, type WebServer } from './servers.js'

export interface PageOptions {
  /** @default the server's */
  port?: number
  /** @default the server's */
  settings?: object
}

/** A page of a server on a host name of its own: no other test's cookies, storage or log. */
export interface Visitor {
  evaluate: Page['evaluate']
  reload(): Promise<void>
  /** Opens the server's page in the place of this one. */
  open(options?: PageOptions): Promise<void>
  signIn(): Promise<number>
  /** The status of the answer to a POST by latchkey, or the error's code. */
  post(path: string, headers?: Record<string, string>): Promise<number | string>
  /** As many at once, all to `/items`. */
  posts(count: number): Promise<(number | string)[]>
  state(): Promise<LatchkeyState>
  /** The server does this with the session, and the page is told nothing. */
  control(what: 'rotate' | 'expire' | 'spoil'): Promise<void>
  /** What the server was asked since the last time. */
  asked(): Promise<Entry[]>
}

// One of each for all files, which this project runs in one process: they end with it.
const pages: Partial<Record<Engine, Promise<Page>>> = {}

async function firstPage(engine: Engine): Promise<Page> {
  const browser: Browser = await openBrowser(engine)
  return browser.open('about:blank')
}

export async function visit(engine: Engine, server: WebServer, options: PageOptions = {}): Promise<Visitor> {
  pages[engine] ??= firstPage(engine)
  const [page, { port }] = await Promise.all([pages[engine], running(server)])
  const visitor = visitorOf(page, server, { port, ...options })
  await visitor.open(options)
  return visitor
}

function visitorOf(page: Page, { preset, settings }: WebServer, first: PageOptions): Visitor {
  const host = `${randomUUID()}.localhost`
  let seen = 0
  const ready = () => page.evaluate<void>('latchkey.ready()')
  const call = <T>(name: string, ...args: unknown[]) =>
    page.evaluate<T>(`${name}(${args.map((one) => JSON.stringify(one)).join()})`)
  return {
    evaluate: page.evaluate,
    reload: () => page.reload().then(ready),
    async open(options = {}) {
      const given = { settings, ...first, ...options }
      const query = new URLSearchParams({ preset, settings: JSON.stringify(given.settings) })
      await page.goto(`http://${host}:${given.port}/page?${query}`)
      await ready()
    },
    signIn: () => call('signIn'),
    post: (path, headers = {}) => call('post', path, headers),
    posts: (count) => call('posts', '/items', count),
    state: () => page.evaluate('latchkey.state'),
    control: (what) => page.evaluate(`fetch('/control/${what}').then(() => null)`),
    async asked() {
      const log = await page.evaluate<Entry[]>(`fetch('/control/log').then((answer) => answer.json())`)
      const before = seen
      seen = log.length
      return log.slice(before)
    },
  }
}
