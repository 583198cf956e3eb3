import { afterAll, afterEach, beforeAll } from 'vitest'
import type { Finding } from '../../src/index.js'
import type { Entry } from '../bench-server/record.js'
import { type Bench, startBench } from '../bench-server/server.js'
import type { Engine, Page } from '../harness/browsers.js'
import { sharedBrowser } from './scene.js'

/** A test's own corner of a server, under one of the host names that lead there. */
export interface Place {
  readonly origin: string
  at(path: string): string
  /** What was asked of it by requests of the library. */
  log(): Promise<Entry[]>
}

export interface Asked {
  /** A cookie's lines as the page's own server is to send them; the session has begun then. */
  login(...lines: string[]): Promise<void>
  /** What latchkey.fetch is answered. */
  status(url: string, method?: string): Promise<number>
  diagnose(url: string): Promise<Finding[]>
  /** What came of asking for storage access, after a click. */
  access(): Promise<string>
}

/** A page that uses the built library, and a frame of the same within it, once there is one. */
export interface SitePage extends Page, Asked {
  embed(url: string, sandbox?: string): Promise<Asked>
}

export interface Sites {
  /** `app.localhost` at the first server, say. Every name that ends in `localhost` leads to this device. */
  place(host: string, server: number): Place
  /** A page there, which may send its credential to these besides. */
  open(at: Place, allowed?: readonly Place[], csrf?: 'csrf'): Promise<SitePage>
}

/** The address of a page that may send its credential to its own origin and to these, and a CSRF token if it has one. */
export function pageAt({ at }: Place, allowed: readonly Place[] = [], csrf: 'csrf' | '' = ''): string {
  const origins = ['self', ...allowed.map(({ origin }) => origin)]
  return at(`page?${csrf}&${new URLSearchParams(origins.map((origin) => ['allowed', origin]))}`)
}

const names = ['login', 'status', 'diagnose', 'access'] as const

function askedBy(call: (name: string, given: unknown[]) => Promise<unknown>): Asked {
  return Object.fromEntries(names.map((name) => [name, (...given: unknown[]) => call(name, given)])) as never
}

function sitePage(page: Page): SitePage {
  const by = (what: string) =>
    askedBy((name, given) => page.evaluate(`${what}(${JSON.stringify([name, ...given]).slice(1, -1)})`))
  const embed = async (url: string, sandbox = '') => {
    await page.evaluate(`embed(${JSON.stringify(url)}, ${JSON.stringify(sandbox)})`)
    return by('askFrame')
  }
  return { ...page, ...by('ask'), embed }
}

/** Servers that know no other test's requests, and pages of the one browser. */
export function sitesIn(engine: Engine, servers = 2): Sites {
  let benches: Bench[] = []
  const pages: Page[] = []
  beforeAll(async () => {
    benches = await Promise.all(Array.from({ length: servers }, startBench))
  })
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close()
  })
  afterAll(async () => {
    for (const bench of benches) await bench.close()
  })
  return {
    place(host, server) {
      const url = benches[server]?.url ?? ''
      const origin = url.replace('localhost', host)
      const corner = crypto.randomUUID()
      const log = async () => {
        const all: Entry[] = await (await fetch(`${url}/${corner}/log`)).json()
        return all.filter((one) => !/\/(page|latchkey|set-cookie)/.test(one.url))
      }
      return { origin, at: (path) => `${origin}/${corner}/${path}`, log }
    },
    async open(at, allowed, csrf) {
      const page = await (await sharedBrowser(engine)).open(pageAt(at, allowed, csrf))
      pages.push(page)
      return sitePage(page)
    },
  }
}
