import type { Tab } from './tab.js'

/** Resolves when the tab is away; call what it resolves to, and the tab is there again. */
export type Leave = (tab: Tab) => Promise<() => Promise<void>>

const watching = `(() => {
  globalThis.backAt = 0
  const back = () => { globalThis.backAt = trueNow() }
  addEventListener('pageshow', ({ persisted }) => persisted && back(), { once: true })
  document.addEventListener('resume', back, { once: true })
  document.addEventListener('visibilitychange', () => document.hidden || back())
})()`

/** By script and not at once, since a driver waits for the page that its command came to. */
async function go(tab: Tab, step: string, isThere: string): Promise<void> {
  await tab.evaluate(`void setTimeout(() => ${step}, 50)`)
  await tab.waitFor(isThere)
}

/** Another page takes its place, and the browser keeps this one (bfcache), or has to load it anew. */
export const replaced: Leave = async (tab) => {
  await tab.evaluate(watching)
  await go(tab, "location.assign('/page?strategy=memory')", "location.search === '?strategy=memory'")
  const isBack = `globalThis.backAt || (latchkey.state.strategy !== 'memory' && !('backAt' in globalThis))`
  return () => go(tab, 'history.back()', isBack)
}

/** In Chromium only. */
export const frozen: Leave = async (tab) => {
  await tab.evaluate(watching)
  await tab.freeze()
  return async () => {
    await tab.resume()
    await tab.waitFor('globalThis.backAt')
  }
}

/** The window is minimized, in Chromium only. */
export const hidden: Leave = async (tab) => {
  await show(tab, false)
  await tab.evaluate(watching)
  return async () => {
    await show(tab, true)
    await tab.waitFor('globalThis.backAt')
  }
}

export async function show(tab: Tab, isVisible: boolean): Promise<void> {
  const { windowId } = Object(await tab.devtools('Browser.getWindowForTarget'))
  const bounds = { windowState: isVisible ? 'normal' : 'minimized' }
  await tab.devtools('Browser.setWindowBounds', { windowId, bounds })
  await tab.waitFor(`document.visibilityState === '${isVisible ? 'visible' : 'hidden'}'`)
}
