import { describe, expect, test } from 'vitest'
import { usableEngines } from '../harness/browsers.js'
import { repetitions } from './calls.js'
import { afterEndMs } from './refreshing.js'
import { type SceneOptions, scenesIn } from './scene.js'

describe.each(usableEngines())('an answer that is lost after the server has rotated, in %s,', (engine) => {
  const scene = scenesIn(engine)
  const lost = async (options: SceneOptions) => {
    const at = await scene(options)
    const tab = await at.signedIn()
    at.oidc.set({ fault: 'drop-after-rotation', times: 1 })
    await tab.jump(afterEndMs)
    return { ...at, tab, asked: await tab.ask() }
  }

  test('is asked for once more, and with a grace window nobody notices', async () => {
    const { oidc, tab, asked } = await lost({ graceSeconds: 30 })
    expect(asked.outcome).toBe('200')
    expect((await tab.events()).map(({ type }) => type)).toEqual(['refreshed'])
    expect([oidc.refreshCalls.length, repetitions(oidc.refreshCalls)]).toEqual([2, 1])
  })

  test('ends the session without one, and is given as the reason in every tab', async () => {
    const { oidc, tab, open } = await lost({})
    const ended = { status: 'signed-out', reason: 'rotation-outcome-unknown' }
    expect(await tab.state()).toMatchObject(ended)
    expect(await tab.stored()).toBe('')
    expect(oidc.refreshCalls).toHaveLength(2)
    expect((await (await open()).state()).status).toBe('signed-out')
  })
})
