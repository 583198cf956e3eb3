import type { CDPSession, Browser as PuppeteerBrowser, Page as PuppeteerPage } from 'puppeteer-core'
import type { Browser, Page } from './engine.js'
import { pageOf } from './page.js'
import { launch, type PuppeteerEngine } from './puppeteer-launch.js'

function devtoolsOf(page: PuppeteerPage): Page['devtools'] {
  let session: Promise<CDPSession> | undefined
  return async (method, params) => {
    session ??= page.createCDPSession()
    return (await session).send(method as Parameters<CDPSession['send']>[0], params as never)
  }
}

function adapt(page: PuppeteerPage): Page {
  return pageOf({
    run: (expression) => page.evaluate(expression),
    goto: async (url) => void (await page.goto(url, { timeout: 120_000 })),
    click: (selector) => page.click(selector),
    type: (selector, text) => page.type(selector, text),
    reload: async () => void (await page.reload()),
    screenshot: async (path) => void (await page.screenshot({ path })),
    devtools: devtoolsOf(page),
    close: () => page.close(),
  })
}

/** Without a tab strip and a toolbar, which cost Chromium more processor time than the page in it. */
async function newPopup(browser: PuppeteerBrowser): Promise<PuppeteerPage> {
  const [opener] = await browser.pages()
  const url = `about:blank#${crypto.randomUUID()}`
  const opened = browser.waitForTarget((target) => target.url() === url)
  await opener?.evaluate(`void window.open('${url}', '', 'popup,noopener')`)
  const page = await (await opened).page()
  if (!page) throw new Error('the popup has no page')
  return page
}

// A window each, because a tab behind another is not drawn and never answers a click.
const newWindow: Record<PuppeteerEngine, (browser: PuppeteerBrowser) => Promise<PuppeteerPage>> = {
  chromium: newPopup,
  firefox: (browser) => browser.newPage({ type: 'window' }),
}

/** @param profile a folder of the caller's, so that the browser can be closed and opened again */
export async function openWithPuppeteer(engine: PuppeteerEngine, profile?: string): Promise<Browser> {
  const { browser, end } = await launch(engine, profile)
  const open = async (url: string) => {
    const page = adapt(await newWindow[engine](browser))
    await page.goto(url)
    return page
  }
  return { engine, open, close: end }
}
