import { accessSync, constants, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Engine, engines } from './engine.js'

export interface WebKit {
  readonly xvfbRun: string
  readonly driver: string
  readonly miniBrowser: string
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function onPath(...names: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name))
  } catch {
    return []
  }
}

// The folder between is the machine's architecture, as Debian spells it.
function findMiniBrowser(): string | undefined {
  const versions = list('/usr/lib')
    .flatMap(list)
    .filter((path) => /\/webkit2gtk-4\.\d+$/.test(path))
  return versions
    .map((path) => join(path, 'MiniBrowser'))
    .filter(isExecutable)
    .sort()
    .at(-1)
}

export const findChromium = () => onPath('chromium', 'chromium-browser', 'google-chrome')
export const findFirefox = () => onPath('firefox-esr', 'firefox')

export function findWebKit(): WebKit | undefined {
  const [xvfbRun, driver, miniBrowser] = [onPath('xvfb-run'), onPath('WebKitWebDriver'), findMiniBrowser()]
  if (!onPath('Xvfb') || !onPath('xauth') || !xvfbRun || !driver || !miniBrowser) return undefined
  return { xvfbRun, driver, miniBrowser }
}

const finders = { chromium: findChromium, firefox: findFirefox, webkit: findWebKit }
const packages: Record<Engine, string> = {
  chromium: 'chromium',
  firefox: 'firefox-esr',
  webkit: 'webkit2gtk-driver xvfb xauth',
}

export function missing(engine: Engine): string {
  return `latchkey: ${engine} is not installed, Debian has it in: apt-get install ${packages[engine]}`
}

/**
 * The engines whose tests can run. With CI set none is left out, so that a missing one fails the run
 * (when its browser is opened) in place of making it shorter.
 */
export function usableEngines(): Engine[] {
  if (process.env.CI === 'true') return [...engines]
  const absent = engines.filter((engine) => finders[engine]() === undefined)
  for (const engine of absent) console.error(`\n*** ${missing(engine)}; ITS TESTS ARE LEFT OUT ***\n`)
  return engines.filter((engine) => !absent.includes(engine))
}
