import { inject } from 'vitest'
import type { Engine } from './engine.js'
import type {} from './global-setup.js'

/**
 * The part of a list that is this engine's turn, where no engine decides what comes of it: all engines together try
 * everything, and each something.
 */
export function sharedOut<T>(
  all: readonly T[],
  engine: Engine | undefined = inject('engine'),
  engines: readonly Engine[] | undefined = inject('engines'),
): T[] {
  if (!engine || !engines) return [...all]
  // Of most lists that are a table, row after row, an engine has so other columns in each row.
  const turnOf = (index: number) => (index + Math.floor(index / engines.length)) % engines.length
  return all.filter((_, index) => turnOf(index) === engines.indexOf(engine))
}
