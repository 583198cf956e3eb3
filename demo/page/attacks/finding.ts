import type { Victim } from './victims.js'

/** One thing that came of an attack. */
export interface Outcome {
  /** Bad: something was given away. */
  readonly tone: 'good' | 'bad' | 'plain'
  readonly text: string
  /** The thing itself, shortened. */
  readonly code?: string
}

/** What an attack got from one victim. */
export interface Finding {
  readonly victim: Victim
  readonly outcomes: readonly Outcome[]
  /** The same in a few words. */
  readonly short: Outcome
}

export function good(text: string, code?: string): Outcome {
  return { tone: 'good', text, ...(code && { code }) }
}

export function bad(text: string, code?: string): Outcome {
  return { tone: 'bad', text, ...(code && { code }) }
}
