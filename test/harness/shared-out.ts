import { inject } from 'vitest'
import type {} from './global-setup.js'

/**
 * The part of a list that is this engine's turn, where no engine decides what comes of it: all engines together try
 * everything, and each something.
 */
export function sharedOut<T>(all: readonly T[]): T[] {
  const [engine, engines] = [inject('engine'), inject('engines')]
  if (!engine || !engines) return [...all]
  return all.filter((_, index) => index % engines.length === engines.indexOf(engine))
}
