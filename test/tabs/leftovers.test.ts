import { describe, expect, test } from 'vitest'
import { usableEngines } from '../harness/browsers.js'
import { type Counts, counting } from './counting.js'
import { scenesIn } from './scene.js'

const instances = 1000

const createAndDispose = `(async () => {
  const strategies = [Latchkey.jwtStrategy({ storage: 'local' }), Latchkey.tokenStrategy()]
  for (let n = 0; n < ${instances}; n++) {
    const name = 'n' + (n % 10)
    const latchkey = Latchkey.createLatchkey({ strategy: strategies[n % 2], allowedOrigins: ['self'], name })
    latchkey.subscribe(() => {})
    if (n % 10 === 0) await latchkey.set({ access_token: 'e30.e30.e30', expires_in: 60 })
    latchkey.dispose()
  }
})()`

describe.each(usableEngines())('instances that were disposed of, in %s,', (engine) => {
  const scene = scenesIn(engine)

  test('leave no listener, no channel and no timer', async () => {
    const tab = await (await scene()).open()
    await tab.evaluate(counting)
    // WebKit's driver has one of its own in the page.
    const { timers } = await tab.evaluate<Counts>('left')
    await tab.evaluate(createAndDispose)
    const ever = await tab.evaluate<Counts>('ever')
    expect(ever.channels).toBe(instances)
    expect(ever.listeners).toBeGreaterThanOrEqual(instances)
    await tab.waitFor(`left.listeners + left.channels === 0 && left.timers <= ${timers}`)
  })
})
