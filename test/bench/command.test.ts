import { afterEach, describe, expect, it, vi } from 'vitest'
import { openBrowser, usableEngines } from '../harness/browsers.js'
import { command } from './command.js'

vi.mock(import('../harness/browsers.js'), { spy: true })

afterEach(() => {
  vi.clearAllMocks()
  vi.restoreAllMocks()
})

/** The tables that are measured in browsers. */
const inBrowsers = ['perRequest', 'startUp', 'storm', 'growth', 'memory']

describe('a part of a name that none of them has', () => {
  it('has no rows, for which no browser is opened', async () => {
    const log = vi.spyOn(console, 'log').mockReturnValue()
    vi.spyOn(console, 'error').mockReturnValue()
    const only = inBrowsers.flatMap((table) => ['--only', table])
    expect(await command(['--json', '--match', 'nobody', ...only])).toBe(0)
    expect(JSON.parse(String(log.mock.lastCall))).toEqual(
      Object.fromEntries(inBrowsers.map((table) => [table, []])),
    )
    expect(openBrowser).not.toHaveBeenCalled()
  })
})

describe.runIf(usableEngines().includes('chromium'))('one table of the bench, of one contender', () => {
  it('is measured alone and printed as JSON, with a name and figures in each row', {
    timeout: 240_000,
  }, async () => {
    const log = vi.spyOn(console, 'log').mockReturnValue()
    vi.spyOn(console, 'error').mockReturnValue()
    const which = ['--only', 'startUp', '--match', 'latchkey memory', '--engine', 'chromium', '--rounds', '1']
    expect(await command(['--json', ...which])).toBe(0)
    const number = expect.any(Number)
    const figures = { min: number, median: number, max: number }
    const row = { name: 'latchkey memory', engine: 'chromium', readyMs: figures, firstAnswerMs: figures }
    expect(JSON.parse(String(log.mock.lastCall))).toEqual({
      startUp: [
        { ...row, profile: 'cold' },
        { ...row, profile: 'warm' },
      ],
    })
  })
})
