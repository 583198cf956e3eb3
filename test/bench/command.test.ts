import { afterEach, describe, expect, it, vi } from 'vitest'
import { usableEngines } from '../harness/browsers.js'
import { command } from './command.js'

afterEach(() => {
  vi.restoreAllMocks()
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
