import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { usableEngines } from '../harness/browsers.js'
import { type Launched, launch } from '../harness/puppeteer-launch.js'
import { type Demo, startDemo } from './demo-process.js'
import { screenshot } from './screenshot.js'

const widths = [1280, 360]
const schemes = ['light', 'dark']
const looks = widths.flatMap((width) => schemes.map((scheme) => ({ width, scheme })))

async function signInAndCall(page: Page): Promise<void> {
  await page.click('#panel-session [type=submit]')
  await page.waitForSelector('#panel-session [data-action=sign-out]:enabled')
  // Until all is told that a sign-in tells, the buttons move down, away from under the click.
  await page.waitForSelector('#panel-session [data-fact=rests] .where ~ .where')
  await page.waitForSelector('#panel-session [data-fact=status] ::-p-text(as Ada)')
  await page.click('#panel-session [data-action=post]')
  await page.waitForSelector('#panel-session .attached')
}

describe.runIf(usableEngines().includes('chromium'))('the look of the demo', () => {
  let demo: Demo
  let launched: Launched
  beforeAll(async () => {
    demo = await startDemo()
    launched = await launch('chromium')
  })
  afterAll(async () => {
    await launched?.end()
    await demo?.stop()
  })

  test.each(looks)('at $width px, $scheme, nothing is cut off at the side', async ({ width, scheme }) => {
    const look = `${width}-${scheme}`
    const context = await launched.browser.createBrowserContext()
    const page = await context.newPage()
    await page.setViewport({ width, height: 900 })
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
    await page.goto(demo.url)
    await page.screenshot({ path: screenshot(`demo-start-${look}.png`) })
    await signInAndCall(page)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
    await page.screenshot({ path: screenshot(`demo-${look}.png`), fullPage: true })
    await page.goto(`${demo.url}/script-tag.html`)
    await page.screenshot({ path: screenshot(`script-tag-${look}.png`) })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
    await page.goto(`${demo.url.replace('localhost', 'production.localhost')}/environments/`)
    // Not shown before it is known that nobody is signed in.
    await page.waitForSelector('#sign-in:not([hidden]) button', { visible: true })
    await page.click('#sign-in:not([hidden]) button')
    await page.waitForSelector('#record ::-p-text(POST /api/login)')
    await page.waitForSelector('#source .line')
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
    await page.screenshot({ path: screenshot(`environments-${look}.png`), fullPage: true })
    await context.close()
  })
})
