/** A figure for a reader: three digits, or all of a large one's. */
export const written = (value: number): string =>
  value.toLocaleString('en', value < 1000 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 })
