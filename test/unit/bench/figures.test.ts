import { describe, expect, it } from 'vitest'
import { spreadOf } from '../../bench/spread.js'
import { tablesOf } from '../../bench/tables.js'

describe('the figures of the bench', () => {
  it('are the least, the middle and the most', () => {
    expect(spreadOf([9, 1, 100])).toEqual({ min: 1, median: 9, max: 100 })
    expect(spreadOf([4, 1, 2, 3]).median).toBe(2.5)
  })

  it('have no more digits than they are worth', () => {
    expect(spreadOf([123.456789]).median).toBe(123.5)
  })

  it('stand in one column each, also where some rows have none', () => {
    const rows = [
      { name: 'bare fetch', engine: 'chromium', overBareMicroseconds: 0 },
      { name: 'latchkey jwt', engine: 'chromium', overBareMicroseconds: 4, overBare: spreadOf([3, 4, 5]) },
    ] as const
    const [, , head, ...lines] = tablesOf({ perRequest: rows }).trimEnd().split('\n')
    expect(head).toMatch(/^name +engine +over bare microseconds +over bare$/)
    expect(lines).toHaveLength(2)
    expect(lines[0]).toMatch(/ 0 +-$/)
    expect(lines[1]).toMatch(/ 4 +3 \/ 4 \/ 5$/)
  })
})
