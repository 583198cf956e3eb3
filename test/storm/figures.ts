import type { Burst } from './burst.js'

/** What one round came to, over all tabs. */
export interface Round {
  readonly refreshCalls: number
  readonly isLost: boolean
  readonly bursts: readonly Burst[]
}

/** Over rounds, in milliseconds. */
export interface Spread {
  readonly median: number
  readonly worst: number
}

export interface StormResult {
  readonly rounds: number
  /** At the server, in all rounds. */
  readonly refreshCalls: number
  readonly failedRequests: number
  /** Rounds after which the session was gone, at the server or in a tab. */
  readonly sessionsLost: number
  /** From the agreed instant to the first answer in any tab. */
  readonly firstAnswerMs: Spread
  /** From the agreed instant to the last answer in any tab. */
  readonly lastAnswerMs: Spread
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

function median(sorted: readonly number[]): number {
  const half = sorted.length / 2
  const middle = sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1)
  return sum(middle) / middle.length
}

function spread(values: number[]): Spread {
  return { median: median(values.toSorted((a, b) => a - b)), worst: Math.max(...values) }
}

export function resultOf(rounds: readonly Round[]): StormResult {
  const failures = rounds.flatMap(({ bursts }) => bursts.flatMap((burst) => burst.failures))
  return {
    rounds: rounds.length,
    refreshCalls: sum(rounds.map(({ refreshCalls }) => refreshCalls)),
    failedRequests: failures.length,
    sessionsLost: rounds.filter(({ isLost }) => isLost).length,
    firstAnswerMs: spread(rounds.map(({ bursts }) => Math.min(...bursts.map(({ firstMs }) => firstMs)))),
    lastAnswerMs: spread(rounds.map(({ bursts }) => Math.max(...bursts.map(({ lastMs }) => lastMs)))),
  }
}
