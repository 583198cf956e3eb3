import { describe, expect, test } from 'vitest'
import { usableEngines } from '../harness/browsers.js'
import { replaced } from './away.js'
import { scenesIn } from './scene.js'

const listening = `(() => {
  globalThis.told = []
  globalThis.source = latchkey.eventSource('/api/news?stream')
  for (const type of ['open', 'message', 'error'])
    source.addEventListener(type, ({ data = '' }) => told.push((type + ' ' + data).trim()))
})()`
const fetching = `(() => {
  globalThis.told = []
  latchkey.fetch('/api/news?stream').then(({ body }) => {
    globalThis.reader = body.getReader()
    return reader.read().then(() => told.push('message ann'))
  })
})()`
const obstacles = "performance.getEntriesByType('navigation')[0].notRestoredReasons ?? null"
const has = (count: number) => `told.filter((one) => one === 'message ann').length === ${count}`

describe.each(usableEngines())('in %s, a page with an open event source', (engine) => {
  const scene = scenesIn(engine)

  /** A tab that began something, was left, and is there again. */
  const leftWith = async (begin: string) => {
    const tab = await (await scene({})).signedIn('ann')
    await tab.evaluate(begin)
    await tab.waitFor(has(1))
    const comeBack = await replaced(tab)
    await comeBack()
    return { tab, isKept: Boolean(await tab.evaluate('globalThis.backAt')) }
  }

  test('is kept by the browser wherever one with a fetch is, and listens again when it comes back', async () => {
    const byFetch = await leftWith(fetching)
    const { tab, isKept } = await leftWith(listening)
    // Firefox loads both anew.
    expect(isKept || !byFetch.isKept).toBe(true)
    if (engine === 'chromium') expect([isKept, await tab.evaluate(obstacles)]).toEqual([true, null])
    if (!isKept) return
    await tab.waitFor(has(2))
    expect(await tab.evaluate('told')).toEqual(['open', 'message ann', 'error', 'open', 'message ann'])
  })

  test('hears no more of it when another tab signs out', async () => {
    const at = await scene({})
    const tab = await at.signedIn('ann')
    await tab.evaluate(listening)
    await tab.waitFor(has(1))
    await (await at.open()).evaluate('latchkey.clear()')
    await tab.waitFor('source.readyState === 2')
    expect(await tab.evaluate('told')).toEqual(['open', 'message ann', 'error'])
  })
})
