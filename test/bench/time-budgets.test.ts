import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { usableEngines } from '../harness/browsers.js'
import { root } from '../package/built.js'
import { measureTimes, overTime } from './time-budgets.js'

const { timeBudgets } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

const row = { name: 'latchkey jwt', engine: 'chromium', ratioToBare: 2, overBareMicroseconds: 9 } as const

describe('the time budgets', () => {
  // A busy machine is no fault of the code: only that nothing was measured fails.
  it.runIf(usableEngines().includes('chromium'))(
    'are each for a strategy that is measured beside bare fetch, and what exceeds one is said at the end',
    { timeout: 240_000 },
    async ({ annotate }) => {
      const rows = await measureTimes(9)
      expect(rows.map(({ name }) => name).toSorted()).toEqual(Object.keys(timeBudgets).toSorted())
      for (const { ratioToBare, overBareMicroseconds } of rows)
        expect([Number(ratioToBare) > 0, Number.isFinite(overBareMicroseconds)]).toEqual([true, true])
      for (const sentence of overTime(rows, timeBudgets)) await annotate(sentence, 'warning')
    },
  )

  it('are exceeded by what takes longer, and by nothing else', () => {
    expect(overTime([row], { 'latchkey jwt': 1.9 })).toEqual([
      'a request with latchkey jwt takes 2 times as long as bare fetch (9 µs more); its time budget in package.json is 1.9 times',
    ])
    expect(overTime([row], { 'latchkey jwt': 2 })).toEqual([])
  })
})
