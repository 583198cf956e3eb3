import { describe, expect, test } from 'vitest'
import { parse } from '../../attacks/arguments.js'
import { type KindName, kindNames, kinds, leastOf } from '../../attacks/kinds.js'
import { rowsOf, tableOf } from '../../attacks/rows.js'
import { verdict } from '../../attacks/verdict.js'

const row = (kind: KindName, engine: string, cases: number, leaked = 0, nativeWouldLeak = 0) => ({
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

  test('is shown in columns, and below them what a case of each kind is', () => {
    expect(tableOf(rowsOf(tallies)).split('\n')).toEqual([
      'kind        engine    cases  leaked  native would leak',
      'allow-list  chromium      4       0                  3',
      'urls        chromium     10       3                  7',
      'urls        webkit        1       0                  1',
      '',
      `urls: ${kinds.urls.says}`,
      `allow-list: ${kinds['allow-list'].says}`,
    ])
  })
})

describe('a run of the attacks', () => {
  /** As many cases of each kind as there have to be. */
  const enough = (...engines: string[]) =>
    engines.flatMap((engine) =>
      kindNames.map((kind) => row(kind, engine, leastOf(kind, engine))).filter(({ cases }) => cases > 0),
    )

  test('with nothing leaked, nothing failed and enough of each kind tried has nothing wrong', () => {
    const all = ['node', 'chromium', 'firefox', 'webkit']
    expect(verdict(enough(...all), [], all)).toEqual([])
  })

  test('in which a credential leaked is wrong, and says where', () => {
    const rows = rowsOf([...enough('chromium'), row('urls', 'chromium', 10, 3)])
    expect(verdict(rows, [], ['chromium'])).toEqual([
      `urls in chromium: 3 of ${kinds.urls.inBrowsers + 10} LEAKED`,
    ])
  })

  test('in which tests failed is wrong, and says which, and which row is no proof', () => {
    const failure = { kind: 'urls', engine: 'chromium' } as const
    const failures = [
      { text: 'chromium a.test.ts: why', ...failure },
      { text: 'chromium b.test.ts: why', ...failure },
      { text: 'no memory' },
    ]
    expect(verdict(enough('chromium'), failures, ['chromium'])).toEqual([
      ...failures.map(({ text }) => text),
      'urls in chromium: a test FAILED, so its row is no proof',
    ])
  })

  test('that tried nothing in an engine is wrong', () => {
    expect(verdict(enough('chromium'), [], ['chromium', 'webkit'])).toEqual([
      '*** NOTHING WAS TRIED IN webkit ***',
    ])
    expect(verdict([], [], ['node'])).toEqual(['*** NOTHING WAS TRIED IN node ***'])
  })

  test('that tried less of a kind than it has to, or none, is wrong', () => {
    const rows = enough('chromium', 'node').filter(({ kind }) => kind !== 'redirects' && kind !== 'urls')
    expect(
      verdict([...rows, row('urls', 'chromium', kinds.urls.inBrowsers - 1)], [], ['chromium', 'node']),
    ).toEqual([
      `urls in chromium: ${kinds.urls.inBrowsers - 1} cases of at least ${kinds.urls.inBrowsers} WERE TRIED`,
      'redirects in chromium: 0 cases of at least 120 WERE TRIED',
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
