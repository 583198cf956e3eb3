import { afterEach } from 'vitest'
import { type Browser, type Engine, openBrowser } from '../harness/browsers.js'
import { type Oidc, type OidcOptions, startOidc } from '../servers/oidc/oidc.js'
import { type Tab, tabOf } from './tab.js'

/** What a page is asked to be. */
export interface PageOptions {
  /** @default 'jwt-local' */
  strategy?: 'jwt-local' | 'jwt-encrypted' | 'token' | 'cookie' | 'session' | 'memory'
  /** Whether the pages find no Web Locks. @default false */
  noLocks?: boolean
  /** Whether they find no `BroadcastChannel`. @default false */
  noChannel?: boolean
  /** Whether no `storage` event reaches them. @default false */
  noStorageEvents?: boolean
  /** Whether they find no `indexedDB`. @default false */
  noIndexedDB?: boolean
  /** How wrong the clock of the pages is from the start. @default 0 */
  clock?: number
  /** Of `createLatchkey`. */
  options?: {
    refreshTimeoutSeconds?: number
    storageTimeoutSeconds?: number
    refreshBeforeSeconds?: number
    keepFresh?: boolean
    idleTimeoutSeconds?: number
    allowedOrigins?: readonly string[]
    name?: string
  }
  /** Of `cookieStrategy` and `sessionStrategy`. */
  strategyOptions?: {
    name?: string
    path?: string
    csrf?: { cookie: string; header: string }
    subjectCookie?: string
  }
  /** What `dpop` is given, if the pages have one. @default they send bearer tokens */
  dpopOptions?: { name?: string; storage?: 'memory' } | undefined
  /** Where the page lies. @default '/page' */
  path?: string
}

export interface SceneOptions extends PageOptions, OidcOptions {}

/** A provider of its own, so an origin and storage of its own, and tabs of the one browser. */
export interface Scene {
  readonly oidc: Oidc
  /** A tab that has signed in. */
  signedIn(sub?: string, other?: PageOptions): Promise<Tab>
  /** One more tab, which finds what is stored; with other options than the scene's if there are any. */
  open(other?: PageOptions): Promise<Tab>
}

const lacks = ['noLocks', 'noChannel', 'noStorageEvents', 'noIndexedDB'] as const

function address(origin: string, given: PageOptions): string {
  const { strategy = 'jwt-local', clock = 0, options = {}, strategyOptions = {}, path = '/page' } = given
  const query = new URLSearchParams({ strategy, clock: String(clock), options: JSON.stringify(options) })
  query.set('strategyOptions', JSON.stringify(strategyOptions))
  if (given.dpopOptions) query.set('dpop', JSON.stringify(given.dpopOptions))
  for (const lack of lacks) if (given[lack]) query.set(lack, '1')
  return `${origin}${path}?${query}`
}

async function start(browser: Browser, given: SceneOptions): Promise<Scene & { end(): Promise<void> }> {
  // Long enough for no test to see it end, unless it says so.
  const accessTokenFormat = given.strategy === 'token' ? 'opaque' : 'jwt'
  const oidc = await startOidc({ accessTokenSeconds: 60, accessTokenFormat, ...given })
  const pages: Tab[] = []
  const open = async (other: PageOptions = {}) => {
    const tab = tabOf(await browser.open(address(oidc.origin, { ...given, ...other })))
    pages.push(tab)
    await tab.evaluate('latchkey.ready()')
    return tab
  }
  const signedIn = async (sub = 'user-1', other: PageOptions = {}) => {
    const tab = await open(other)
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

// One of each for all files that this process runs: they end with it.
const browsers: Partial<Record<Engine, Promise<Browser>>> = {}

export function sharedBrowser(engine: Engine): Promise<Browser> {
  browsers[engine] ??= openBrowser(engine)
  return browsers[engine]
}

/** A scene for each test that asks for one, which ends with it. */
export function scenesIn(engine: Engine): (options?: SceneOptions) => Promise<Scene> {
  const scenes: { end(): Promise<void> }[] = []
  afterEach(async () => {
    for (const scene of scenes.splice(0)) await scene.end()
  })
  return async (options = {}) => {
    const scene = await start(await sharedBrowser(engine), options)
    scenes.push(scene)
    return scene
  }
}
