type Rise = 'logarithmic' | 'linear' | 'more than linear'

export type Order = 'constant' | Rise

type Point = readonly [count: number, figure: number]

/** What rises by less in all does not rise: more is not told apart from what disturbs a measurement. */
const leastRise = 1.25

const rises: readonly (readonly [Rise, (count: number) => number])[] = [
  ['logarithmic', Math.log],
  ['linear', (count) => count],
  ['more than linear', (count) => count ** 2],
]

/**
 * How far the figures are from the nearest curve `base + slope * rise(count)`, each in proportion to itself. What does not
 * grow at all, the base, is most of a request's cost: so the power of the whole says nothing about that of the rise.
 */
function misfit(points: readonly Point[], rise: (count: number) => number): number {
  const sum = (of: (x: number, y: number) => number) =>
    points.reduce((total, [count, figure]) => total + of(rise(count), figure) / figure ** 2, 0)
  const [n, x, y, xx, xy] = [
    sum(() => 1),
    sum((x) => x),
    sum((_, y) => y),
    sum((x) => x * x),
    sum((x, y) => x * y),
  ]
  const slope = (n * xy - x * y) / (n * xx - x * x)
  const base = (y - slope * x) / n
  return sum((x, y) => (base + slope * x - y) ** 2)
}

/** The order of a curve: of those that it may be, the one that is nearest to all its points. */
export function orderOf(points: readonly Point[]): Order {
  const [first, last] = [points.at(0), points.at(-1)]
  if (!first || !last || last[1] < first[1] * leastRise) return 'constant'
  const fits = rises.map(([name, rise]) => ({ name, misfit: misfit(points, rise) }))
  return fits.reduce((best, one) => (one.misfit < best.misfit ? one : best)).name
}
