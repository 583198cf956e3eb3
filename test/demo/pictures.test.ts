import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, openBrowser, type Page, usableEngines } from '../harness/browsers.js'
import { isUsable } from '../servers/web/runtimes.js'
import { attackPage } from './attack-page.js'
import { type Demo, startDemo } from './demo-process.js'
import { farmPage } from './farm-page.js'
import { type Look, labPage, lookAt } from './lab-page.js'
import { limitCard } from './limit-card.js'
import { withPalette } from './palette.js'
import { screenshot } from './screenshot.js'
import { sections } from './sections.js'
import { storyPage } from './story-page.js'

const folder = fileURLToPath(new URL('../../docs/lab/', import.meta.url))
const looks: readonly Look[] = [1440, 360].flatMap((width) => [
  { width, theme: 'light' },
  { width, theme: 'dark' },
])

/** What is done in a section before its picture is taken, so that there is something to be seen. */
const before: Readonly<Record<string, (page: Page, demo: Demo) => Promise<unknown>>> = {
  'side-by-side': async (page, demo) => (await storyPage(page, demo)).run(),
  'server-keeps': keepSome,
  limits: async (page) => {
    for (const card of ['size', 'ascii']) await limitCard(page, card).press()
  },
  farm: async (page) => {
    const shown = farmPage(page)
    // Of one server alone there is nothing to press.
    if (await page.evaluate("document.querySelector('#section-farm [type=submit]').disabled")) return
    await shown.signIn('Ada')
    await shown.press('[data-action=ten]')
  },
  attacks: async (page) => {
    for (const name of ['xss', 'redirect']) await attackPage(page).attack(name)
  },
}

/** Somebody signs in by each kind, and out of the one whose end is noted. */
async function keepSome(page: Page): Promise<void> {
  const root = "document.querySelector('#section-server-keeps')"
  const press = async (kind: string, action: string) => {
    await page.evaluate(`${root}.querySelector('.result').replaceChildren()`)
    await page.click(`#keeps-${kind} [data-action=${action}]`)
    await page.waitFor(`${root}.ariaBusy === 'false' && ${root}.querySelector('.result').textContent !== ''`)
  }
  for (const kind of ['session', 'token', 'bare-jwt', 'jwt']) await press(kind, 'signIn')
  await press('jwt', 'signOut')
}

const TO_SECTION = "document.querySelector('section.lab:not([hidden])').scrollIntoView()"

async function taken(page: Page, name: string): Promise<Buffer> {
  const path = screenshot(name)
  await page.screenshot(path)
  return withPalette(readFileSync(path))
}

describe.runIf(usableEngines().includes('chromium'))('the pictures of the Lab', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser('chromium')
  })
  afterAll(() => browser?.close())

  test('are what the browser shows, in fewer colours and bytes', async () => {
    const page = await browser.open('data:text/html,<body bgcolor=teal><h1>Ada, Grace, Barbara</h1>')
    await lookAt(page, { width: 360, theme: 'light' })
    const small = await taken(page, 'palette.png')
    expect(small.length).toBeLessThan(readFileSync(screenshot('palette.png')).length)
    const url = `data:image/png;base64,${small.toString('base64')}`
    const drawn = `(async () => {
      const image = await createImageBitmap(await (await fetch('${url}')).blob())
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d')
      context.drawImage(image, 0, 0)
      return [image.width, image.height, ...context.getImageData(2, 2, 1, 1).data]
    })()`
    expect(await page.evaluate(drawn)).toEqual([360, 900, 0, 128, 128, 255])
    await page.close()
  })

  // Only when asked: each run would be another picture, of another time and credential.
  if (process.env.LATCHKEY_DOCS !== 'write') return
  describe('in docs/lab', () => {
    let demo: Demo
    let farm: Demo | undefined
    beforeAll(async () => {
      demo = await startDemo()
      if (isUsable('redis-server')) farm = await startDemo({}, 'farm')
      mkdirSync(folder, { recursive: true })
    })
    afterAll(async () => {
      await farm?.stop()
      await demo?.stop()
    })

    test.each(looks)('are taken at $width px, $theme', async (look) => {
      for (const section of sections) {
        const server = (section === 'farm' && farm) || demo
        const page = await browser.open(server.url)
        await lookAt(page, look)
        const lab = labPage(page)
        await lab.show(section)
        await before[section]?.(page, server)
        // On a telephone what all sections have above them leaves too little of each to be seen.
        await page.evaluate(look.width < 400 ? TO_SECTION : 'void scrollTo(0, 0)')
        await page.devtools('Input.dispatchMouseEvent', { type: 'mouseMoved', x: 1, y: 1 })
        const name = `${section}-${look.width}-${look.theme}.png`
        writeFileSync(folder + name, await taken(page, name))
        expect(await lab.problems()).toBe('')
        await page.close()
      }
    })
  })
})
