export type Order = 'constant' | 'logarithmic' | 'linear' | 'more than linear'

/**
 * The order of a curve, from its slope where counts are great: on two logarithmic scales a power of the count is a straight
 * line, and its slope the power.
 */
export function orderOf(points: readonly (readonly [count: number, figure: number])[]): Order {
  const [last, before] = [points.at(-1), points.at(-2)]
  if (!last || !before) return 'constant'
  const power = Math.log(last[1] / before[1]) / Math.log(last[0] / before[0])
  if (power < 0.1) return 'constant'
  if (power < 0.35) return 'logarithmic'
  return power < 1.3 ? 'linear' : 'more than linear'
}
