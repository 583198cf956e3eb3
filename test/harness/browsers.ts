import type { Browser, Engine } from './engine.js'
import { openWithPuppeteer } from './puppeteer.js'
import { openWebKit } from './webkit.js'

export { type Browser, type Engine, engines, type Page } from './engine.js'
export { usableEngines } from './find.js'

/** A fresh browser with a profile of its own. Close it; what is forgotten ends with this process. */
export function openBrowser(engine: Engine): Promise<Browser> {
  return engine === 'webkit' ? openWebKit() : openWithPuppeteer(engine)
}
