import { describe, expect, it } from 'vitest'
import { kinds, tabCounts } from '../../bench/counts.js'
import { orderOf } from '../../bench/order.js'

const curves = {
  logarithmic: Math.log,
  linear: (count: number) => count,
  'more than linear': (count: number) => count ** 2,
} as const

type Curve = (typeof curves)[keyof typeof curves]

const measured = new Set([...kinds.map(({ counts }) => counts), tabCounts].map(String))
const names = Object.keys(curves) as (keyof typeof curves)[]
const cases = [...measured].flatMap((counts) => names.map((name) => [name, counts] as const))

/** What costs 10 where there is one, `times` as much where there are most, and is disturbed by so much. */
function figures(counts: readonly number[], curve: Curve, times: number, noise: (at: number) => number) {
  const [least = 1, most = 1] = [counts.at(0), counts.at(-1)]
  const risen = (count: number) => (curve(count) - curve(least)) / (curve(most) - curve(least))
  return counts.map((count, at) => [count, 10 * (1 + (times - 1) * risen(count)) * noise(at)] as const)
}

const numbers = (counts: string) => counts.split(',').map(Number)

describe('the order of growth that the bench reports', () => {
  it.each([
    ['constant', [10, 11, 9, 12]],
    ['logarithmic', [10, 20, 30, 40]],
    ['linear', [10, 100, 1000, 10_000]],
    ['linear', [30, 31, 40, 130]],
    ['more than linear', [1, 100, 10_000, 1_000_000]],
  ] as const)('is %s for %s at 1, 10, 100 and so on', (order, given) => {
    expect(orderOf(given.map((figure, at) => [10 ** at, figure]))).toBe(order)
  })

  // Most of what a request costs does not grow: a curve that doubles is flat for long, whatever it is.
  it.each(cases)('is %s at %s also where the most cost only twice as much as one', (order, counts) => {
    expect(orderOf(figures(numbers(counts), curves[order], 2, () => 1))).toBe(order)
  })

  it.each(cases)('is %s at %s where each figure is three per cent too high or too low', (order, counts) => {
    const disturbed = [1, -1].map((sign) => (at: number) => 1 + sign * 0.03 * (at % 2 === 0 ? 1 : -1))
    const found = disturbed.map((noise) => orderOf(figures(numbers(counts), curves[order], 3, noise)))
    expect(found).toEqual([order, order])
  })

  it('is constant where the most cost less than a quarter more than one', () => {
    expect(orderOf(figures([1, 10, 100], curves.linear, 1.2, () => 1))).toBe('constant')
  })
})
