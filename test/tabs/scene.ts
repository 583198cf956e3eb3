import { afterEach } from 'vitest'
import { type Browser, type Engine, openBrowser } from '../harness/browsers.js'
import { type Oidc, type OidcOptions, startOidc } from '../servers/oidc/oidc.js'
import { type Tab, tabOf } from './tab.js'

export interface SceneOptions extends OidcOptions {
  /** @default 'jwt-local' */
  strategy?: 'jwt-local' | 'token' | 'cookie' | 'session'
  /** Whether the pages find no Web Locks. @default false */
  noLocks?: boolean
  /** How wrong the clock of the pages is from the start. @default 0 */
  clock?: number
  /** Of `createLatchkey`. */
  options?: { refreshTimeoutSeconds?: number; storageTimeoutSeconds?: number; refreshBeforeSeconds?: number }
}

/** A provider of its own, so an origin and storage of its own, and tabs of the one browser. */
export interface Scene {
  readonly oidc: Oidc
  /** A tab that has signed in. */
  signedIn(sub?: string): Promise<Tab>
  /** One more tab, which finds what is stored. */
  open(): Promise<Tab>
}

function address(
  origin: string,
  { strategy = 'jwt-local', noLocks, clock = 0, options }: SceneOptions,
): string {
  const query = new URLSearchParams({ strategy, clock: String(clock) })
  if (noLocks) query.set('noLocks', '1')
  if (options) query.set('options', JSON.stringify(options))
  return `${origin}/page?${query}`
}

async function start(browser: Browser, given: SceneOptions): Promise<Scene & { end(): Promise<void> }> {
  // Long enough for no test to see it end, unless it says so.
  const oidc = await startOidc({ accessTokenSeconds: 60, ...given })
  const pages: Tab[] = []
  const open = async () => {
    const tab = tabOf(await browser.open(address(oidc.origin, given)))
    pages.push(tab)
    await tab.evaluate('latchkey.ready()')
    return tab
  }
  const signedIn = async (sub = 'user-1') => {
    const tab = await open()
    await tab.evaluate(`signIn(${JSON.stringify(sub)})`)
    await tab.evaluate('events.splice(0)')
    return tab
  }
  const end = async () => {
    // A tab may be closed, or frozen: then it goes with the browser.
    await Promise.allSettled(pages.map((page) => page.close()))
    await oidc.close()
  }
  return { oidc, open, signedIn, end }
}

// One of each for all files, which this project runs in one process: they end with it.
const browsers: Partial<Record<Engine, Promise<Browser>>> = {}

/** A scene for each test that asks for one, which ends with it. */
export function scenesIn(engine: Engine): (options?: SceneOptions) => Promise<Scene> {
  const scenes: { end(): Promise<void> }[] = []
  afterEach(async () => {
    for (const scene of scenes.splice(0)) await scene.end()
  })
  return async (options = {}) => {
    browsers[engine] ??= openBrowser(engine)
    const scene = await start(await browsers[engine], options)
    scenes.push(scene)
    return scene
  }
}
