import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Browser, openBrowser, type Page, usableEngines } from '../harness/browsers.js'
import { install, packedOnce, run } from './pack.js'
import { built, gzipOf, loadedOf, toolchains } from './toolchains.js'

const packed = packedOnce()

/** Signs in and asks the server what it was sent. */
const life = (strategy: string, origin: string) => `
const strategy = ${strategy}
const latchkey = createLatchkey({ strategy, allowedOrigins: [${origin}], subject: () => 'ann' })
globalThis.told = (async () => {
  await latchkey.set({ access_token: 'a.e30.b', token_type: 'Bearer', expires_in: 3600 })
  const answer = await latchkey.fetch(${origin} + '/me')
  return [latchkey.state.subject, await answer.text()]
})()
`
const app = `
import { createLatchkey, jwtStrategy } from 'latchkey'
${life("jwtStrategy({ storage: 'local' })", 'location.origin')}`
const everything = "import * as everything from 'latchkey'; globalThis.everything = everything"
const told = ['ann', 'Bearer a.e30.b']

/** What each of these packages says and nothing else does. */
const telling = { ky: /KyError/, 'idb-keyval': /\.oncomplete ?= ?[\w$]+\.onsuccess/, valibot: / but r/ }
const within = (text: string) =>
  Object.entries(telling).flatMap(([name, words]) => (words.test(text) ? [name] : []))

/** Those that the library's own modules import. */
function imported(): string[] {
  const folder = join(packed().unpacked, 'dist/esm')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.js'),
  )
  const text = files.map((path) => readFileSync(join(folder, path), 'utf8')).join('\n')
  return Object.keys(telling).filter((name) => text.includes(`from '${name}'`))
}

const serve: RequestListener = ({ url = '/', headers }, response) => {
  if (url === '/me') return void response.end(headers.authorization ?? 'nothing')
  const isScript = url.endsWith('.js')
  response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html')
  response.end(isScript ? readFileSync(join(packed().folder, url)) : '<!doctype html>')
}
const server = createServer(serve)
const origin = () => `http://localhost:${(server.address() as AddressInfo).port}`

let browser: Browser
let page: Page
const outs = new Map<string, string>()

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const [engine = 'chromium'] = usableEngines()
  const opening = openBrowser(engine)
  const manifest = { name: 'app', version: '1.0.0', private: true, type: 'module' }
  await install(packed(), manifest)
  browser = await opening
  page = await browser.open(origin())
  const names = Object.keys(toolchains)
  await Promise.all(names.map(async (name) => outs.set(name, await built(packed().folder, name, app))))
}, 240_000)
afterAll(async () => {
  await browser?.close()
  server.close()
})

const loaded = (name: string) => loadedOf(outs.get(name) ?? '')

describe.each(Object.keys(toolchains))('an app built by %s from the tarball', (name) => {
  it('signs in and sends in a page', async () => {
    const address = JSON.stringify(`/out/${name}/app.js`)
    await expect(page.evaluate(`import(${address}).then(() => told)`)).resolves.toEqual(told)
  })

  it('holds no package that it does not use, and is hardly bigger than what rollup makes', () => {
    const text = loaded(name)
    expect(within(text)).toEqual([])
    expect(gzipOf(text)).toBeGreaterThan(5_000)
    expect(gzipOf(text) / gzipOf(loaded('rollup'))).toBeLessThan(1.1)
  })
})

describe('Node', () => {
  it.each([
    ['an ES module that imports it', 'app.mjs', "import { createLatchkey, memoryStrategy } from 'latchkey'"],
    [
      'a CommonJS one that requires it',
      'app.cjs',
      "const { createLatchkey, memoryStrategy } = require('latchkey')",
    ],
  ])('runs %s, without a warning', { timeout: 60_000 }, async (_, name, line) => {
    const api = JSON.stringify(origin())
    const text = `${line}${life('memoryStrategy()', api)}told.then((all) => console.log(...all))`
    writeFileSync(join(packed().folder, name), text)
    const { output } = await run(process.execPath, [name], packed().folder, 30)
    expect(output.trim()).toBe(told.join(' '))
  })
})

it('the words by which a package is told are in what imports all that there is', {
  timeout: 60_000,
}, async () => {
  expect(within(loadedOf(await built(packed().folder, 'esbuild all', everything)))).toEqual(imported())
})
