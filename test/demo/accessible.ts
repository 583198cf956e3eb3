import axe, { type AxeResults } from 'axe-core'
import type { Page } from '../harness/browsers.js'

/** Makes the page's global `axe`; the page's own policy does not hold for what a driver runs. */
const AXE = `(() => { ${axe.source} })()`

/** Each thing that axe-core finds fault with in the page as it is now, and where. */
export async function faultsIn(page: Page): Promise<string[]> {
  if (!(await page.evaluate<boolean>("'axe' in globalThis"))) await page.evaluate(AXE)
  const { violations } = await page.evaluate<AxeResults>('axe.run({ resultTypes: ["violations"] })')
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}
