import { describe, expect, test } from 'vitest'
import { parse } from '../../attacks/arguments.js'
import { rowsOf, tableOf } from '../../attacks/rows.js'
import { verdict } from '../../attacks/verdict.js'

const row = (kind: string, engine: string, cases: number, leaked = 0, nativeWouldLeak = 0) => ({
  kind,
  engine,
  cases,
  leaked,
  nativeWouldLeak,
})

const tallies = [
  row('urls', 'webkit', 1, 0, 1),
  row('urls', 'chromium', 2, 1, 2),
  row('allow-list', 'chromium', 4, 0, 3),
  row('urls', 'chromium', 8, 2, 5),
]

describe('what was counted', () => {
  test('is added up by kind and engine, whatever the order it came in', () => {
    const expected = [
      row('allow-list', 'chromium', 4, 0, 3),
      row('urls', 'chromium', 10, 3, 7),
      row('urls', 'webkit', 1, 0, 1),
    ]
    expect(rowsOf(tallies)).toEqual(expected)
    expect(rowsOf(tallies.toReversed())).toEqual(expected)
    expect(rowsOf([])).toEqual([])
  })

  test('is shown in columns, with the sums below', () => {
    expect(tableOf(rowsOf(tallies)).split('\n')).toEqual([
      'kind        engine    cases  leaked  native would leak',
      'allow-list  chromium      4       0                  3',
      'urls        chromium     10       3                  7',
      'urls        webkit        1       0                  1',
      'all                      15       3                 11',
    ])
  })
})

describe('a run of the attacks', () => {
  const clean = [row('urls', 'chromium', 10, 0, 7)]

  test('with nothing leaked and nothing failed has nothing wrong', () => {
    expect(verdict(clean, [], ['chromium'])).toEqual({ warnings: [], wrong: [] })
  })

  test('in which a credential leaked is wrong, and says where', () => {
    expect(verdict(rowsOf(tallies), [], ['chromium', 'webkit']).wrong).toEqual([
      'urls in chromium: 3 of 10 LEAKED',
    ])
  })

  test('in which a test failed is wrong, and says which', () => {
    expect(verdict(clean, ['chromium a.test.ts: why'], ['chromium']).wrong).toEqual([
      'chromium a.test.ts: why',
    ])
  })

  test('that tried nothing is wrong, and one that tried nothing in an engine says so', () => {
    expect(verdict([], [], ['chromium']).wrong).toEqual(['no attack was tried at all'])
    expect(verdict(clean, [], ['chromium', 'webkit']).warnings).toEqual([
      '*** NOTHING WAS TRIED IN webkit ***',
    ])
  })
})

describe('the command line', () => {
  test('names engines, or means all', () => {
    expect(parse([])).toEqual({ json: false, where: ['node', 'chromium', 'firefox', 'webkit'] })
    expect(parse(['--json', '--engine', 'node', '--engine', 'webkit'])).toEqual({
      json: true,
      where: ['node', 'webkit'],
    })
  })

  test('with another engine or option is refused', () => {
    expect(() => parse(['--engine', 'opera'])).toThrow('--engine must be one of node, chromium,')
    expect(() => parse(['--fast'])).toThrow('--fast')
  })
})
