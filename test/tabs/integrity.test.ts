import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { usableEngines } from '../harness/browsers.js'
import type { Page } from '../harness/engine.js'
import { sharedBrowser } from './scene.js'
import { sitesIn } from './sites.js'

const written = new URL('../../dist/sri.json', import.meta.url)
const hashes: Record<string, string> = JSON.parse(readFileSync(written, 'utf8'))

describe.each(usableEngines())('a script tag to another origin, in %s,', (engine) => {
  const { place } = sitesIn(engine)
  const pages: Page[] = []
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close()
  })

  test.each([
    ['with the integrity of sri.json', 'runs', hashes['latchkey.min.js'], 'object'],
    ['with no integrity', 'runs', '', 'object'],
    ['with the integrity of another file', 'is refused', hashes['latchkey.js'], 'undefined'],
  ])('%s %s', async (_how, _what, integrity = '', type) => {
    const [app, cdn] = [place('localhost', 0), place('localhost', 1)]
    const attributes = { src: cdn.at('latchkey.min.js'), integrity, crossorigin: 'anonymous' }
    const page = await (await sharedBrowser(engine)).open(app.at(`tag?${new URLSearchParams(attributes)}`))
    pages.push(page)
    expect(await page.evaluate('typeof globalThis.Latchkey')).toBe(type)
  })
})
