import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { command } from './command.js'
import type { Row } from './rows.js'

const ways = ['GET', 'POST'].flatMap((method) =>
  [1, 10, 100].map((concurrent) => ({
    method,
    concurrent,
    fetch: 'stubbed',
    input: 'string',
    tokenBytes: 1024,
  })),
)

const asked = (name: string, microseconds: number): Row[] =>
  ways.map((way) => ({
    name,
    engine: 'chromium',
    ...way,
    overBareMicroseconds: microseconds,
    overBare: { min: 1, median: microseconds, max: 9 },
    ratioToBare: 2,
  }))

const perRequest = [...asked('latchkey jwt', 7), ...asked('ky', 5)]

const sized = (name: string, gzip: number): Row => ({
  name,
  engine: 'any',
  min: 2 * gzip,
  gzip,
  brotli: gzip,
})

const bytes = [
  sized('ky', 8745),
  sized('latchkey { createLatchkey, jwtStrategy }', 10_000),
  sized('@axa-fr/oidc-client', 13_500),
]

const stormed = (name: string, engine: Row['engine'], refreshCalls: number, failedRequests: number): Row => ({
  name,
  engine,
  tabs: 20,
  requests: 10,
  rounds: 3,
  refreshCalls,
  failedRequests,
  sessionsLost: failedRequests > 0 ? 3 : 0,
  firstAnswerMs: 200,
  lastAnswerMs: 400,
  worstLastAnswerMs: 500,
})

const storm = [
  stormed('ky', 'chromium', 60, 380),
  stormed('latchkey jwt', 'chromium', 3, 0),
  stormed('latchkey jwt', 'firefox', 6, 0),
  { ...stormed('latchkey jwt', 'chromium', 3, 0), tabs: 5 },
]

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'))
  vi.spyOn(console, 'log').mockReturnValue()
  vi.spyOn(console, 'error').mockReturnValue()
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

const page = () => readFileSync(join(folder, 'bench.md'), 'utf8')
const chart = (table: string) => readFileSync(join(folder, 'bench', `${table}.svg`), 'utf8')

const machine = { bytes: ['4 × a core', 'load 0.1'], perRequest: ['4 × a core', 'load 7.5'] }

/** Draws what a file has. */
function draw(figures: object, ...args: string[]): Promise<number> {
  const path = join(folder, 'from.json')
  writeFileSync(path, JSON.stringify({ machine, ...figures }))
  return command(['--docs', '--from', path, ...args], folder)
}

describe('the documents of the bench', () => {
  it('have a chart and a line for each name, however many rows there are', async () => {
    expect(await draw({ perRequest })).toBe(0)
    expect(page()).toContain('](bench/perRequest.svg)')
    expect(chart('perRequest')).toContain('>latchkey jwt<')
    const lines = page()
      .split('\n')
      .filter((line) => /^\| \S/.test(line))
    expect(lines.slice(1)).toEqual([
      expect.stringMatching(/^\| ky \| 5 \| 2 \| 5 \| 5 \| – /),
      expect.stringMatching(/^\| \*\*latchkey jwt\*\* \| 7 \| 2 \| 7 \| 7 \| – /),
    ])
  })

  it('say how many times as large those are whose tabs take turns at renewing a token', async () => {
    await draw({ bytes })
    expect(page()).toContain('`@axa-fr/oidc-client` is 1.4 times as large')
    expect(page()).not.toContain('`ky` is')
  })

  it('say of a storm what one expiry cost and what of how much was lost, and time no row in which a request failed', async () => {
    await draw({ storm })
    expect(page()).toContain('| **latchkey jwt** | 1 | 0 of 600 | 0 of 3 | 400 | 2 | 0 of 3 |')
    expect(page()).toContain('| ky | 20 | 380 of 600 | 3 of 3 | – | – | – |')
    expect(page().indexOf('| **latchkey jwt**')).toBeLessThan(page().indexOf('| ky |'))
    expect(chart('storm').match(/<rect x/g)).toHaveLength(2)
  })

  it('keep the tables that were not measured again', async () => {
    await draw({ bytes, perRequest })
    await draw({ bytes: [sized('ofetch', 3896)], perRequest: [] }, '--only', 'bytes')
    expect(page()).toContain('| ofetch | 7.6 KB | 3.8 KB |')
    expect(page()).not.toContain('oidc-client')
    expect(page()).toContain('| ky | 5 |')
  })

  it('have all figures in a file from which they can be drawn again', async () => {
    await draw({ bytes, perRequest })
    const [before, path] = [page(), join(folder, 'bench', 'figures.json')]
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ bytes, perRequest })
    writeFileSync(join(folder, 'bench.md'), '')
    expect(await command(['--docs', '--from', path], folder)).toBe(0)
    expect(page()).toBe(before)
  })

  it('say once what the machine was, and below a table what was another way for it alone', async () => {
    await draw({ bytes, perRequest })
    expect(page().match(/4 × a core/g)).toHaveLength(1)
    expect(page().indexOf('load 0.1')).toBeLessThan(page().indexOf('load 7.5'))
    expect(chart('bytes')).toContain('4 × a core')
  })

  it('say of figures without a machine that they are of this one', async () => {
    await draw({ bytes, machine: undefined })
    expect(page()).toContain(`Node ${process.versions.node}`)
  })

  it('are not written from a file that has none of the tables', async () => {
    expect(await draw({ bytes }, '--only', 'growth')).toBe(1)
    expect(console.error).toHaveBeenCalledWith(expect.stringContaining('has none of the tables growth'))
    expect(() => page()).toThrow()
  })
})

describe('the figures of the bench as JSON', () => {
  it('are a list of rows by the name of each table that was asked for', async () => {
    const path = join(folder, 'from.json')
    writeFileSync(path, JSON.stringify({ machine: {}, bytes, perRequest, memory: [sized('ky', 1)] }))
    expect(await command(['--json', '--from', path, '--only', 'bytes', '--only', 'perRequest'], folder)).toBe(
      0,
    )
    const printed = JSON.parse(String(vi.mocked(console.log).mock.lastCall))
    expect(printed).toEqual({ bytes, perRequest })
  })
})
