import { words } from '../../word.js'

/** Who takes part, from left to right. */
export const lanes = ['code', 'latchkey', 'browser', 'server', 'store', 'foreign'] as const

export type Lane = (typeof lanes)[number]

/** One arrow of the diagram; what somebody does by itself goes to itself. */
export interface Message {
  readonly from: Lane
  readonly to: Lane
  readonly text: string
  /** Code and headers, as they are. */
  readonly lines?: readonly string[]
  readonly tone?: 'good' | 'bad' | undefined
}

export const says: typeof words.sideBySide.sequence = words.sideBySide.sequence
