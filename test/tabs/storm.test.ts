import { describe, expect, test } from 'vitest'
import { usableEngines } from '../harness/browsers.js'
import type { StormOptions } from '../storm/options.js'
import { stormRounds } from '../storm/run-storm.js'
import { sharedBrowser } from './scene.js'

interface Storm extends Partial<StormOptions> {
  readonly tabs: number
}

/** For each round what it cost: one refresh for all tabs, or one for each that has a session of its own. */
async function costs({ rounds = 1, engine = 'chromium', requests = 20, ...options }: Storm) {
  const browser = await sharedBrowser(engine)
  // Few requests, which cost no more than they have to, and for each of them clearly more time than by default.
  const least = options.dpop ? 8 : 5
  const accessTokenSeconds = options.accessTokenSeconds ?? Math.max(least, (options.tabs * requests) / 40)
  // Not half a life before the end: a slow machine would need a second token in the same round.
  const all = await stormRounds(browser, {
    refreshBeforeSeconds: 0,
    ...options,
    ...{ engine, rounds, requests, accessTokenSeconds },
  })
  return all.map(({ refreshCalls, isLost, bursts }) => ({
    refreshCalls,
    isLost,
    failures: bursts.flatMap(({ failures }) => failures),
  }))
}

const perfect = (refreshCalls = 1) => ({ refreshCalls, isLost: false, failures: [] })

const storms: Storm[] = [
  { tabs: 1, delayMs: 0 },
  { tabs: 5, delayMs: 0 },
  { tabs: 5, delayMs: 1500 },
  { tabs: 20, delayMs: 100 },
  { tabs: 5, strategy: 'token', delayMs: 100 },
  { tabs: 5, strategy: 'cookie' },
  { tabs: 5, strategy: 'session' },
  { tabs: 5, noLocks: true },
  { tabs: 5, dpop: true, delayMs: 100 },
  { tabs: 5, noLocks: true, strategy: 'token', delayMs: 1500 },
]

const named = (storm: Storm): [string, Storm] => [JSON.stringify(storm).replace(/[{}"]/g, ''), storm]

describe('tabs that all ask at once when their token has expired', () => {
  test.each(storms.map(named))('cost one refresh, no request and no session: %s', async (_, storm) => {
    for (const cost of await costs(storm)) expect(cost).toEqual(perfect())
  })

  test('cost one refresh in each of many rounds, in which the refresh takes no time', async () => {
    expect(await costs({ tabs: 4, requests: 10, rounds: 4, accessTokenSeconds: 2 })).toEqual(
      Array(4).fill(perfect()),
    )
  })

  test('cost one refresh a tab, where each tab has a session of its own', async () => {
    expect(await costs({ tabs: 5, strategy: 'jwt-session' })).toEqual([perfect(5)])
  })

  test.each(usableEngines().filter((engine) => engine !== 'chromium'))(
    'cost one refresh in %s',
    async (engine) => {
      expect(await costs({ tabs: engine === 'firefox' ? 5 : 3, engine })).toEqual([perfect()])
    },
  )
})
