import { type StormOptions, strategies } from '../storm/options.js'
import { runStorm } from '../storm/run-storm.js'
import type { BenchArguments } from './arguments.js'
import type { Row } from './rows.js'

const tabCounts = [1, 5, 20]
const requests = 10
const delayMs = 100

/** Long enough for the last request of a round, also on a machine that is busy. */
const lifeSeconds = (tabs: number) => Math.max(3, Math.ceil((tabs * requests) / 50))

/** Not of one tab each, since such tabs have nothing to agree on. */
const isShared = (strategy: StormOptions['strategy']) => strategy !== 'jwt-session'

/** Tabs that all ask at the moment in which their token has expired: the storm command, at some sizes. */
export async function storm({ engines, rounds, match }: BenchArguments): Promise<Row[]> {
  const rows: Row[] = []
  const those = strategies.filter((strategy) => isShared(strategy) && `latchkey ${strategy}`.includes(match))
  for (const engine of engines)
    for (const strategy of those)
      for (const tabs of tabCounts) {
        const {
          firstAnswerMs: _,
          lastAnswerMs,
          ...figures
        } = await runStorm({
          engine,
          strategy,
          tabs,
          requests,
          delayMs,
          accessTokenSeconds: lifeSeconds(tabs),
          rounds: Math.min(rounds, 5),
        })
        const { median, worst } = lastAnswerMs
        const last = { lastAnswerMs: median, worstLastAnswerMs: worst }
        rows.push({ name: `latchkey ${strategy}`, engine, tabs, requests, ...figures, ...last })
      }
  return rows
}
