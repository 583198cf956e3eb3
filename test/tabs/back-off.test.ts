import { describe, expect, test } from 'vitest'
import type { Asked } from './asked.js'
import { asking } from './asked.js'
import { afterEndMs } from './refreshing.js'
import { scenesIn } from './scene.js'

const retryAfter = 2
const callingMs = 5_000

/** An expression for a page: the call is made ten times a second. */
const often = `(async () => {
  const asked = []
  for (const end = performance.now() + ${callingMs}; performance.now() < end; )
    asked.push(await ${asking('/api/1')}, await new Promise((resume) => setTimeout(resume, 100)))
  return asked.filter(Boolean)
})()`

describe.each([false, true])('a refusal that says when to come again, without Web Locks: %s,', (noLocks) => {
  const scene = scenesIn('chromium')

  test('is obeyed by all tabs together, and each call is told when', async () => {
    const at = await scene({ noLocks })
    const tabs = [await at.signedIn(), await at.open(), await at.open(), await at.open()]
    at.oidc.set({ fault: '429', retryAfter })
    for (const tab of tabs) await tab.jump(afterEndMs)
    await Promise.all(tabs.map((tab) => tab.begin(often)))
    const asked = (await Promise.all(tabs.map((tab) => tab.outcome<Asked[]>()))).flat()
    expect(new Set(asked.map(({ outcome }) => outcome))).toEqual(new Set(['ERR_REFRESH_FAILED']))
    expect(asked.filter(({ retryAt }) => retryAt === undefined)).toEqual([])
    const times = at.oidc.refreshCalls.map((call) => call.at)
    const gaps = times.slice(1).map((time, n) => time - (times[n] ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(retryAfter * 1000)
    expect(times.length).toBeGreaterThan(1)
    expect(times.length).toBeLessThanOrEqual(1 + callingMs / (retryAfter * 1000))
    expect((await tabs[0]?.state())?.status).toBe('degraded')
  })
})
