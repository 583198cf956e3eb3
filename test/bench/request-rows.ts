import type { BenchEngine } from './arguments.js'
import type { Row } from './rows.js'
import type { Cell, Setting } from './settings.js'
import { medianOf, spreadOf } from './spread.js'

/** Microseconds a request, of the same moments. */
export interface Sample {
  readonly bare: number
  readonly ours: number
}

/** Where and how the samples of a row were taken. */
export interface Taken {
  readonly engine: BenchEngine
  readonly setting: Setting
  readonly cell: Cell
}

const waysOf = ({ setting: { fetch, tokenBytes }, cell }: Taken) => ({ fetch, ...cell, tokenBytes })

export function requestRow(name: string, taken: Taken, samples: readonly Sample[]): Row {
  const overBare = spreadOf(samples.map(({ bare, ours }) => ours - bare))
  return {
    name,
    engine: taken.engine,
    ...waysOf(taken),
    microseconds: spreadOf(samples.map(({ ours }) => ours)),
    bareMicroseconds: medianOf(samples.map(({ bare }) => bare)),
    overBareMicroseconds: overBare.median,
    overBare,
    ratioToBare: medianOf(samples.map(({ bare, ours }) => ours / bare)),
  }
}

/** What all are compared with, of all their samples. */
export function bareRow(taken: Taken, samples: readonly Sample[]): Row {
  const microseconds = spreadOf(samples.map(({ bare }) => bare))
  return {
    name: 'bare fetch',
    engine: taken.engine,
    ...waysOf(taken),
    microseconds,
    bareMicroseconds: microseconds.median,
    overBareMicroseconds: 0,
    ratioToBare: 1,
  }
}
