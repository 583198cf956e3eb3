import { defineBrowserProvider } from '@vitest/browser'
import type { BrowserProvider, TestProject } from 'vitest/node'
import { type Browser, type Engine, engines, openBrowser, type Page } from './browsers.js'

declare module 'vitest/internal/browser' {
  interface BrowserCommands {
    __vitest_viewport: (size: { width: number; height: number }) => Promise<void>
  }
}

function engineOf(project: TestProject): Engine {
  const name = project.config.browser.name
  const engine = engines.find((candidate) => candidate === name)
  if (!engine) throw new Error(`no such engine: ${name}`)
  return engine
}

async function refuseMocks(): Promise<void> {
  throw new Error('modules are not mocked in browsers here')
}

class HarnessProvider implements BrowserProvider {
  readonly name = 'harness'
  // Both are what vitest asks for before it runs engines side by side and not one after the other.
  readonly supportsParallelism = true
  readonly mocker = { register: refuseMocks, delete: refuseMocks, clear: async () => {} }
  readonly #engine: Engine
  readonly #pages = new Map<string, Page>()
  #browser: Promise<Browser> | undefined

  constructor(project: TestProject) {
    this.#engine = engineOf(project)
    // The window keeps the size it has; vitest asks only so that its frame fits.
    project.browser?.registerCommand('__vitest_viewport', async () => undefined)
  }

  getCommandsContext(): Record<string, unknown> {
    return {}
  }

  async openPage(sessionId: string, url: string): Promise<void> {
    this.#browser ??= openBrowser(this.#engine)
    const browser = await this.#browser
    await this.#pages.get(sessionId)?.close()
    this.#pages.set(sessionId, await browser.open(url))
  }

  async close(): Promise<void> {
    const browser = this.#browser
    this.#browser = undefined
    this.#pages.clear()
    await (await browser?.catch(() => undefined))?.close()
  }
}

/** Opens vitest's page in the browsers a distribution ships, so that none has to be downloaded. */
export function harness() {
  return defineBrowserProvider({
    name: 'harness',
    supportedBrowser: engines,
    options: {},
    providerFactory: (project) => new HarnessProvider(project),
  })
}
