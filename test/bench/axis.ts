import type { Spread } from './spread.js'

export type Scale = 'linear' | 'logarithmic'

/** Where figures are, from left to right. */
export interface Axis {
  readonly start: number
  /** Whether it begins with nothing, so that a length is in proportion to a figure. */
  readonly hasZero: boolean
  readonly ticks: readonly number[]
  /** Never left of the start. */
  at(value: number): number
}

/** Figures of 1, 2 or 5 and noughts, of which no more than six go into the most. */
function stepOf(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most / 6))
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => most / step <= 6) ?? most
}

function linear(bars: readonly Spread[], start: number, end: number): Axis {
  const most = Math.max(...bars.map(({ max }) => max), Number.EPSILON)
  const step = stepOf(most)
  const ticks = Array.from({ length: Math.floor(most / step) + 1 }, (_, n) => n * step)
  return {
    start,
    hasZero: true,
    ticks,
    at: (value) => start + (Math.max(value, 0) / most) * (end - start),
  }
}

/** From the power of ten below the least median to the one above the most of all. */
function logarithmic(bars: readonly Spread[], start: number, end: number): Axis {
  const medians = bars.map(({ median }) => median).filter((median) => median > 0)
  const first = Math.floor(Math.log10(Math.min(...medians, Number.MAX_SAFE_INTEGER)))
  const last = Math.max(Math.ceil(Math.log10(Math.max(...bars.map(({ max }) => max), 1))), first + 1)
  const at = (value: number) =>
    start + (Math.max(Math.log10(Math.max(value, 10 ** first)) - first, 0) / (last - first)) * (end - start)
  const ticks = Array.from({ length: last - first + 1 }, (_, n) => 10 ** (first + n))
  return { start, hasZero: false, ticks, at }
}

export function axisOf(scale: Scale, bars: readonly Spread[], start: number, end: number): Axis {
  return scale === 'linear' ? linear(bars, start, end) : logarithmic(bars, start, end)
}
