import type { Page } from '../harness/browsers.js'

/** How the page is looked at; the browser's own size and theme where it is not said. */
export interface Look {
  readonly width: number
  readonly theme: 'light' | 'dark'
}

export interface LabPage {
  readonly page: Page
  /** Opens a section by its link, and resolves when it is shown and fills no more. */
  show(section: string): Promise<void>
  /** The texts of whatever went wrong unseen. */
  problems(): Promise<string>
}

const quoted = JSON.stringify

export function labPage(page: Page): LabPage {
  return {
    page,
    async show(section) {
      // As a person does, whose pointer then rests on the link.
      await page.click(`nav.sections [href="#${section}"]`)
      await page.waitFor(isShown(section))
    },
    problems: () => page.evaluate<string>("document.querySelector('#problems').textContent"),
  }
}

/** What is true when that section is the one that is seen. */
export function isShown(section: string): string {
  const one = `document.querySelector(${quoted(`#section-${section}:not([hidden])`)})`
  const seen = "document.querySelectorAll('section.lab:not([hidden])').length === 1"
  return `${one} !== null && ${seen} && ${one}.querySelector('[aria-busy=true]') === null`
}

/** Chromium alone can be given a size and a theme. */
export async function lookAt(page: Page, { width, theme }: Look): Promise<void> {
  await page.devtools('Emulation.setDeviceMetricsOverride', {
    width,
    height: 900,
    deviceScaleFactor: 1,
    mobile: false,
  })
  const features = [{ name: 'prefers-color-scheme', value: theme }]
  await page.devtools('Emulation.setEmulatedMedia', { features })
}
