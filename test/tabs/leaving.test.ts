import { describe, expect, test } from 'vitest'
import { usableEngines } from '../harness/browsers.js'
import { asking, refreshing } from './asked.js'
import { type Scene, scenesIn } from './scene.js'
import type { Tab } from './tab.js'

const times = 10

/** Has the page write down, where a reload does not take it, what went wrong and how calls ended. */
const watching = `void latchkey.subscribe(({ status }, { type }) => {
  if (status === 'degraded' || status === 'signed-out') localStorage.wrong += type + ' '
})`

async function watched({ open, signedIn }: Scene): Promise<Tab> {
  const tab = await signedIn()
  await tab.evaluate("localStorage.wrong = ''")
  await open()
  return tab
}

async function left(tab: Tab, source: string, afterMs: number): Promise<void> {
  await tab.evaluate(watching)
  await tab.begin(source)
  await tab.evaluate(`new Promise((resume) => setTimeout(resume, ${afterMs}))`)
  await tab.reload()
  await tab.evaluate('latchkey.ready()')
}

describe.each(usableEngines())('a page that is left, in %s,', (engine) => {
  const scene = scenesIn(engine)

  test.each([
    ['a call', asking('/api/slow?delay=400')],
    ['a refresh', refreshing],
  ])('in the middle of %s is no failure, and the next page works', async (_, source) => {
    const at = await scene({ graceSeconds: 30 })
    at.oidc.set({ delayMs: 80 })
    const tab = await watched(at)
    for (let n = 0; n < times; n++) await left(tab, source, n * 10)
    expect(await tab.evaluate('localStorage.wrong')).toBe('')
    expect([(await tab.state()).status, (await tab.ask()).outcome]).toEqual(['signed-in', '200'])
    expect(at.oidc.refreshCalls.filter(({ error }) => error)).toEqual([])
  })
})
