import type { BenchEngine, Table } from './arguments.js'
import type { Spread } from './spread.js'

/** One line of a table: figures are numbers or spreads; all else says what was measured. */
export interface Row {
  /** Begins with `latchkey `, `bare `, or the peer's package. */
  readonly name: string
  /** `any` where no engine decides. */
  readonly engine: BenchEngine | 'any'
  readonly [figure: string]: string | number | Spread
}

export type Rows = Partial<Record<Table, readonly Row[]>>

export function isSpread(value: Row[string] | undefined): value is Spread {
  return typeof value === 'object'
}

export const isOurs = ({ name }: Pick<Row, 'name'>): boolean => name.startsWith('latchkey ')
