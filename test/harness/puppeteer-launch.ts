import { join } from 'node:path'
import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer-core'
import { atEnd } from './at-end.js'
import type { Engine } from './engine.js'
import { findChromium, findFirefox, missing } from './find.js'
import { firefoxPrefs } from './firefox-prefs.js'
import { type Home, makeHome } from './home.js'
import { endAfter } from './processes.js'

export type PuppeteerEngine = Exclude<Engine, 'webkit'>

const chromiumArgs = [
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

const common = {
  headless: true,
  defaultViewport: null,
  timeout: 60_000,
  protocolTimeout: 300_000,
  // Reports of requests carry their bodies, and a large one is more than this process can take in.
  networkEnabled: false,
  handleSIGINT: false,
  handleSIGTERM: false,
  handleSIGHUP: false,
} satisfies LaunchOptions

function ofEngine(engine: PuppeteerEngine): LaunchOptions {
  const executablePath = engine === 'chromium' ? findChromium() : findFirefox()
  if (!executablePath) throw new Error(missing(engine))
  if (engine === 'firefox') return { executablePath, browser: 'firefox', extraPrefsFirefox: firefoxPrefs }
  // Over a pipe Chromium notices when this process is gone, even when it was killed.
  return { executablePath, browser: 'chrome', args: chromiumArgs, pipe: true }
}

async function end(browser: Browser, home: Home): Promise<void> {
  const pid = browser.process()?.pid
  const close = () => browser.close()
  await (pid === undefined ? close() : endAfter(pid, close))
  home.remove()
}

export interface Launched {
  readonly browser: Browser
  end(): Promise<void>
}

/** @param profile a folder of the caller's, to be used again. @default a fresh one, of which nothing stays */
export async function launch(engine: PuppeteerEngine, profile?: string): Promise<Launched> {
  const options = { ...common, ...ofEngine(engine) }
  const home = makeHome()
  const abort = new AbortController()
  let pid: number | undefined
  const after = () => {
    abort.abort()
    home.remove()
  }
  const callOff = atEnd({ pid: () => pid, after })
  const userDataDir = profile ?? join(home.path, 'profile')
  const where = { env: home.env, userDataDir, signal: abort.signal }
  try {
    const browser = await puppeteer.launch({ ...options, ...where })
    pid = browser.process()?.pid
    return { browser, end: () => end(browser, home).finally(callOff) }
  } catch (error) {
    after()
    callOff()
    throw error
  }
}
