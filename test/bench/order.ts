export type Order = 'constant' | 'logarithmic' | 'linear' | 'more than linear'

type Point = readonly [count: number, figure: number]

const noise = 1.25

/**
 * The order of a curve, from its slope where counts are great: on two logarithmic scales a power of the count is a straight
 * line, and its slope the power. What rises by less than a quarter in all does not rise.
 */
export function orderOf(points: readonly Point[]): Order {
  const [first, before, last] = [points.at(0), points.at(-2), points.at(-1)]
  if (!first || !before || !last || last[1] < first[1] * noise) return 'constant'
  const power = Math.log(last[1] / before[1]) / Math.log(last[0] / before[0])
  if (power < 0.35) return 'logarithmic'
  return power < 1.3 ? 'linear' : 'more than linear'
}
