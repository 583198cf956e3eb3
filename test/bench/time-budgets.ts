import { strategies } from './peers.js'
import { contest } from './per-request.js'
import type { Row } from './rows.js'
import { plainest } from './settings.js'

/** How many times as long as bare fetch a strategy's request may take, by the name of its row. */
type TimeBudgets = Readonly<Record<string, number>>

const measured = ['jwt', 'token', 'memory', 'session'].map((name) => `./strategies/${name}.js`)

/** The plainest request with each strategy that does nothing besides, in Chromium. */
export async function measureTimes(rounds: number): Promise<Row[]> {
  const contenders = strategies.filter(({ module }) => measured.includes(module))
  const rows = await contest({ contenders, settings: [plainest], engines: ['chromium'], rounds })
  return rows.filter(({ name }) => name !== 'bare fetch')
}

const sentence = ({ name, ratioToBare, overBareMicroseconds }: Row, budget: number) =>
  `a request with ${name} takes ${ratioToBare} times as long as bare fetch (${overBareMicroseconds} µs more); its time budget in package.json is ${budget} times`

/** Whatever takes longer than it may, as sentences. */
export function overTime(rows: readonly Row[], budgets: TimeBudgets): string[] {
  return Object.entries(budgets).flatMap(([name, budget]) =>
    rows
      .filter((row) => row.name === name && Number(row.ratioToBare) > budget)
      .map((row) => sentence(row, budget)),
  )
}
