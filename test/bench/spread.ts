/** Of one figure over all rounds. */
export interface Spread {
  readonly min: number
  readonly median: number
  readonly max: number
}

function middle(sorted: readonly number[]): number {
  const half = sorted.length / 2
  const around = sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1)
  return around.reduce((total, value) => total + value, 0) / around.length
}

/** To four digits, since none of what is measured here has more, and no finer than a ten-thousandth. */
const rounded = (value: number): number => Number(Number(value.toPrecision(4)).toFixed(4))

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const [min = Number.NaN] = sorted
  return { min: rounded(min), median: rounded(middle(sorted)), max: rounded(sorted.at(-1) ?? Number.NaN) }
}

export const medianOf = (values: readonly number[]): number => spreadOf(values).median
