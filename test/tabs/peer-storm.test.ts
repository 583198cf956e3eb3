import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { sourceOf, tabsOf } from '../bench/peer-tabs.js'
import { bundle } from '../size/bundle.mjs'
import { stormRounds } from '../storm/run-storm.js'
import { sharedBrowser } from './scene.js'

const bench = fileURLToPath(new URL('../bench/', import.meta.url))

/** A round of a peer that needs nothing installed besides: what all apps write that have a refresh token. */
async function roundOf(tabs: number) {
  const [entry] = await bundle(bench, sourceOf('./peers/ky-jwt-decode.js'), { isOneFile: true })
  const options = { tabs, requests: 3, rounds: 1, delayMs: 500, accessTokenSeconds: 3 }
  const browser = await sharedBrowser('chromium')
  const [round] = await stormRounds(browser, options, tabsOf('ky', entry?.code ?? ''))
  return { ...round, failures: round?.bursts.flatMap(({ failures }) => failures) }
}

describe("a peer's tabs in a storm", () => {
  test('cost one refresh and nothing else, where there is one tab', async () => {
    expect(await roundOf(1)).toMatchObject({ refreshCalls: 1, isLost: false, failures: [] })
  })

  test('lose the session, where two of them spend the same refresh token', async () => {
    const { refreshCalls, isLost, failures } = await roundOf(2)
    expect([refreshCalls, isLost]).toEqual([2, true])
    expect(failures).not.toEqual([])
  })
})
