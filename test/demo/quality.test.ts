import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, type Engine, openBrowser, type Page, usableEngines } from '../harness/browsers.js'
import { faultsIn } from './accessible.js'
import { type Demo, startDemo } from './demo-process.js'
import { isShown, type LabPage, labPage, lookAt } from './lab-page.js'
import { sections } from './sections.js'

const engines = usableEngines()

let demo: Demo
const browsers = new Map<Engine, Browser>()
const browser = (engine: Engine) => {
  const found = browsers.get(engine)
  if (!found) throw new Error(`${engine} was not opened`)
  return found
}
beforeAll(async () => {
  demo = await startDemo()
  for (const engine of engines) browsers.set(engine, await openBrowser(engine))
})
afterAll(async () => {
  for (const one of browsers.values()) await one.close()
  await demo?.stop()
})

/** What is wrong with each section, one after the other, with the section's name before it. */
async function walked(lab: LabPage, faults: () => Promise<readonly string[]>): Promise<string[]> {
  const found: string[] = []
  for (const section of sections) {
    await lab.show(section)
    for (const fault of await faults()) found.push(`${section}: ${fault}`)
  }
  return found
}

async function opened(engine: Engine, path: string): Promise<LabPage> {
  const lab = labPage(await browser(engine).open(demo.url + path))
  await lab.page.waitFor(isShown('side-by-side'))
  return lab
}

async function wide(page: Page): Promise<readonly string[]> {
  const [inside = 0, window = 0] = await page.evaluate<number[]>(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  )
  return inside > window ? [`${inside} px in ${window} px`] : []
}

/** Says so where a section has next to nothing to read. */
async function bare(page: Page): Promise<readonly string[]> {
  const text = await page.evaluate<string>("document.querySelector('section.lab:not([hidden])').innerText")
  return text.length < 100 ? [`no more than ${text.length} characters`] : []
}

/** Each two of language, width and theme together, which is half of all. */
const languagesAndLooks = [
  { path: '/', lang: 'en', width: 1440, theme: 'light' },
  { path: '/', lang: 'en', width: 360, theme: 'dark' },
  { path: '/zh/', lang: 'zh-Hans', width: 1440, theme: 'dark' },
  { path: '/zh/', lang: 'zh-Hans', width: 360, theme: 'light' },
] as const

describe.runIf(engines.includes('chromium'))('the Lab in Chromium', () => {
  test('loads in less than 100 KB, and nothing of it from elsewhere', async () => {
    const page = await browser('chromium').open('about:blank')
    await page.devtools('Network.enable', {})
    await page.devtools('Network.clearBrowserCache', {})
    await page.goto(demo.url)
    await page.waitFor(isShown('side-by-side'))
    const loaded = await page.evaluate<{ name: string; transferSize: number }[]>(
      "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]",
    )
    expect(loaded.filter(({ name }) => new URL(name).origin !== demo.url)).toEqual([])
    expect(loaded.map(({ name }) => new URL(name).pathname)).toEqual(
      expect.arrayContaining(['/', '/lab.css', '/main.js', '/icon.svg']),
    )
    const bytes = loaded.reduce((sum, { transferSize }) => sum + transferSize, 0)
    console.log(`The Lab's page: ${bytes} bytes over the wire`)
    expect(bytes).toBeGreaterThan(10_000)
    expect(bytes).toBeLessThan(100_000)
    await page.close()
  })

  test.each(languagesAndLooks)(
    'in $lang at $width px, $theme, axe-core finds no fault, and nothing is too wide',
    async ({ path, lang, ...look }) => {
      const lab = await opened('chromium', path)
      await lookAt(lab.page, look)
      expect(await lab.page.evaluate('document.documentElement.lang')).toBe(lang)
      const faults = await walked(lab, async () => [...(await faultsIn(lab.page)), ...(await wide(lab.page))])
      expect(faults).toEqual([])
      expect(await lab.problems()).toBe('')
      await lab.page.close()
    },
  )

  test.each([1440, 360])('at %i px no section moves while it loads', async (width) => {
    const page = await browser('chromium').open('about:blank')
    await lookAt(page, { width, theme: 'light' })
    const moved: string[] = []
    for (const section of sections) {
      await page.goto('about:blank')
      await page.goto(`${demo.url}/#${section}`)
      await page.waitFor(isShown(section))
      if (section === 'server-keeps')
        await page.waitFor("document.querySelector('#section-server-keeps table')")
      const shift = await page.evaluate<number>(SHIFT)
      if (shift >= 0.01) moved.push(`${section}: ${shift}`)
    }
    expect(moved).toEqual([])
    await page.close()
  })
})

/** The sum of all layout shifts that nobody has caused by a click, when what is under way has been drawn. */
const SHIFT = `new Promise((done) => {
  const entries = []
  const observer = new PerformanceObserver((list) => entries.push(...list.getEntries()))
  observer.observe({ type: 'layout-shift', buffered: true })
  const sum = () => entries.filter((one) => !one.hadRecentInput).reduce((all, one) => all + one.value, 0)
  requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(() => done(sum()))))
})`

describe.each(engines)('the Lab in %s', (engine) => {
  let lab: LabPage
  const text = (selector: string) =>
    lab.page.evaluate<string>(`document.querySelector(${JSON.stringify(selector)}).textContent`)
  beforeAll(async () => {
    lab = await opened(engine, '/')
  })

  test('its links show a section each, mark it and call the page by it', async () => {
    const titles: string[] = []
    for (const section of sections) {
      await lab.show(section)
      titles.push(await lab.page.evaluate<string>('document.title'))
      expect(await lab.page.evaluate('document.activeElement.id')).toBe(`section-${section}`)
      expect(await text('nav.sections [aria-current=page]')).toBe(titles.at(-1)?.replace(/ · .*/, ''))
    }
    expect(new Set(titles).size).toBe(sections.length)
  })

  test('the first thing that the keyboard reaches leads past all that comes before the section', async () => {
    await lab.show('choose')
    const first = 'document.querySelector(\'a[href], button, input, [tabindex="0"]\')'
    expect(await lab.page.evaluate(`${first}.className`)).toBe('skip')
    await lab.page.evaluate(`${first}.click()`)
    expect(await lab.page.evaluate('document.activeElement.localName')).toBe('main')
    expect(await lab.page.evaluate('location.hash')).toBe('#choose')
  })

  test('the other language is a link away, at the same section, and back', async () => {
    await lab.show('limits')
    await lab.page.click('.language')
    await lab.page.waitFor(`document.documentElement.lang === 'zh-Hans' && ${isShown('limits')}`)
    expect(await text('h1')).toMatch(/\p{Script=Han}/u)
    await lab.page.click('.language')
    await lab.page.waitFor(`document.documentElement.lang === 'en' && ${isShown('limits')}`)
    expect(await lab.page.evaluate('location.pathname')).toBe('/')
  })

  // In Chromium that is looked at in both languages, at all widths and in both themes.
  if (engine === 'chromium') return
  test('axe-core finds no fault in any section, and nothing is too wide', async () => {
    expect(await walked(lab, async () => [...(await faultsIn(lab.page)), ...(await wide(lab.page))])).toEqual(
      [],
    )
  })
})

// The last of all: there is no server after it.
describe('the Lab without a network', () => {
  const open: LabPage[] = []
  beforeAll(async () => {
    for (const engine of engines) open.push(await opened(engine, '/zh/'))
    await demo.stop()
  })

  test('shows every section, in the page’s language, and nothing goes wrong unseen', async () => {
    for (const lab of open) {
      expect(await walked(lab, () => bare(lab.page))).toEqual([])
      expect(await lab.page.evaluate('document.documentElement.lang')).toBe('zh-Hans')
      expect(await lab.problems()).toBe('')
    }
    expect(open).toHaveLength(engines.length)
  })
})
