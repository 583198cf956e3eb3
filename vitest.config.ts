import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import type { BrowserInstanceOption } from 'vitest/node'
import { usableEngines } from './test/harness/browsers.js'
import CountReporter from './test/harness/count-reporter.js'
import { harness } from './test/harness/provider.js'
import { svelte } from './test/harness/svelte.js'

const shared = 'test/shared/**/*.test.ts'

/** A busy machine is no failure: no test is told by this limit that something takes too long. */
const testTimeout = 30_000

const unit: TestProjectInlineConfiguration = {
  test: {
    name: 'unit',
    testTimeout,
    environment: 'happy-dom',
    include: ['test/unit/**/*.test.ts', shared],
    setupFiles: ['test/harness/own-page.ts'],
  },
}

const node: TestProjectInlineConfiguration = {
  plugins: [svelte],
  test: {
    name: 'node',
    testTimeout,
    include: [
      'test/{architecture,secrecy,package,readme,schema,server-side,docs,bench}/**/*.test.ts',
      'test/attacks/node/**/*.test.ts',
    ],
  },
}

/** Each look at a tab is a message to its browser and one back. */
const expect = { poll: { interval: 100 } }

/** Many windows of three browsers share the machine: what fails is tried once more, and said to have been (`retry x1`). */
const retry = 1

const demo: TestProjectInlineConfiguration = {
  test: {
    name: 'demo',
    retry,
    expect,
    include: ['test/demo/**/*.test.ts'],
    globalSetup: ['./test/demo/built.ts'],
    pool: 'forks',
    maxWorkers: 3,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    sequence: { groupOrder: 2 },
  },
}

const tabs = (name: string, include: string[], exclude: string[] = []): TestProjectInlineConfiguration => ({
  test: {
    name,
    retry,
    expect,
    include,
    exclude,
    pool: 'forks',
    // So that the files of a process can share a browser: to start and end one takes seconds.
    isolate: false,
    maxWorkers: 3,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    sequence: { groupOrder: 2 },
  },
})

/** The longest of them. Projects run in the order of their names: so these begin before the rest, and nobody waits for them at the end. */
const storms = ['test/tabs/{storm,peer-storm}.test.ts']

const servers: TestProjectInlineConfiguration = {
  test: {
    name: 'servers',
    retry,
    expect,
    include: ['test/servers/web/**/*.test.ts'],
    pool: 'forks',
    // So that the files of a process can share servers and browsers.
    isolate: false,
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Beside the demo and the tabs, which wait more than they work; the engines leave no processor idle.
    sequence: { groupOrder: 2 },
  },
}

/** Each file's page loads all modules anew. In a run none changes, so none need be asked for anew; who watches changes them. */
const cached = { 'Cache-Control': 'max-age=3600' }
const isWatched = !process.argv.includes('run')

const browser = (instances: BrowserInstanceOption[]): TestProjectInlineConfiguration => ({
  plugins: [svelte],
  // Vue asks for these by name, and says so in the console where they are not there.
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true',
  },
  // A sandboxed frame's origin is "null", which vite lets import nothing.
  server: { cors: true, headers: isWatched ? {} : cached },
  // Named here, because a dependency found only while the tests run reloads their page.
  optimizeDeps: {
    include: [
      'eventsource-parser',
      'ky',
      'idb-keyval',
      'js-cookie',
      'jose',
      'jquery',
      'jwt-decode',
      'react',
      'react-dom/client',
      'react-dom/server',
      'svelte',
      'svelte/internal/client',
      'svelte/internal/disclose-version',
      'svelte/internal/flags/legacy',
      'svelte/store',
      'vue',
      '@vue/server-renderer',
      'axe-core',
      'axios',
      'wretch',
      'ofetch',
      'openapi-fetch',
      'graphql',
      'graphql-request',
      '@apollo/client',
      '@urql/core',
      '@trpc/client',
      '@tanstack/react-query',
      'swr',
      'swr/mutation',
    ],
  },
  test: {
    name: 'browser',
    retry,
    testTimeout,
    include: ['test/browser/**/*.test.ts', 'test/attacks/*.test.ts', shared],
    setupFiles: ['test/harness/own-page.ts'],
    fileParallelism: false,
    // Three engines share two cores: a second is too little for what another page has to do first.
    expect: { poll: { timeout: 10_000 } },
    browser: { enabled: true, headless: true, screenshotFailures: false, provider: harness(), instances },
    sequence: { groupOrder: 1 },
  },
})

const engines = usableEngines()

/** What no engine decides is run in one alone: in the first that is here. What takes longest there is the last one's. */
const once = {
  'test/browser/once/!(m*)': engines.slice(0, 1),
  'test/browser/once/m*': engines.slice(-1),
  // Run by happy-dom as well, and decided by the library alone: whose token or session it is, and what is junk.
  'test/shared/{csrf-*,probe-*,stored-junk}.test.ts': engines.slice(1, 2),
}

const instances = engines.map((engine) => ({
  browser: engine,
  name: engine,
  provide: { engine, engines },
  exclude: Object.entries(once).flatMap(([files, where]) => (where.includes(engine) ? [] : files)),
}))

export default defineConfig({
  test: {
    // Tests wait more than they work: what is in a group runs side by side, the engines in one, and then the demo, the tabs and the servers.
    maxWorkers: 3,
    globalSetup: ['./test/harness/global-setup.ts'],
    reporters: ['default', new CountReporter()],
    projects: [
      unit,
      node,
      demo,
      tabs('storms', storms),
      tabs('tabs', ['test/tabs/**/*.test.ts'], storms),
      servers,
      ...(instances.length > 0 ? [browser(instances)] : []),
    ],
  },
})
