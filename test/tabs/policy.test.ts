import { afterEach, describe, expect, test } from 'vitest'
import { usableEngines } from '../harness/browsers.js'
import type { Page } from '../harness/engine.js'
import { sharedBrowser } from './scene.js'
import { type Place, sitesIn } from './sites.js'

/** The directives that were broken, as the page was told; in the order of their names, since reports overtake each other. */
async function told(page: Page): Promise<string[]> {
  return (await page.evaluate<string[]>('violations.map((one) => one.effectiveDirective)')).sort()
}

/** The same, as the server was told. */
async function reported({ log }: Place): Promise<string[]> {
  const sent = (await log()).filter(({ url }) => url.endsWith('/reports'))
  const bodies = sent.map(({ bodyBase64 }) => JSON.parse(Buffer.from(bodyBase64 ?? '', 'base64').toString()))
  return bodies.map(({ 'csp-report': report }) => report['effective-directive']).sort()
}

describe.each(usableEngines())('under the strictest policy, in %s,', (engine) => {
  const { place } = sitesIn(engine)
  const pages: Page[] = []
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close()
  })

  test.each([
    ['the script tag’s file', 'tag'],
    ['the ESM build', 'esm'],
  ])('the whole life of every strategy breaks nothing: %s', async (_, how) => {
    const [here, there] = [place('localhost', 0), place('localhost', 1)]
    const browser = await sharedBrowser(engine)
    const page = await browser.open(here.at(`strict-${how}?connect=${there.origin}`))
    pages.push(page)
    await page.waitFor('typeof breakPolicy === "function"', 60_000)
    const lives = await page.evaluate<[name: string, ...outcome: unknown[]][]>('lives')
    const lived = [200, 200, 200, 'ERR_FOREIGN_ORIGIN', '1 3000', true]
    for (const [, ...outcome] of lives) expect(outcome).toEqual(lived)
    const names = [...new Set(lives.map(([name]) => `${name}Strategy`))]
    expect(names.sort()).toEqual((await page.evaluate<string[]>('strategies')).sort())
    expect(await page.evaluate('violations')).toEqual([])

    // A policy that is not in force, or a report that gets lost, would have looked the same.
    const hasTrustedTypes = await page.evaluate<boolean>('breakPolicy()')
    const trustedTypes = hasTrustedTypes ? ['require-trusted-types-for'] : []
    const broken = ['connect-src', ...trustedTypes, 'script-src-elem']
    await expect.poll(() => told(page), { timeout: 10_000 }).toEqual(broken)
    await expect.poll(() => reported(here), { timeout: 10_000 }).toEqual(broken)
  })
})
