import { filled, words } from '../../word.js'
import type { Act } from './act.js'

/** How a step ended, in a few words of the page's language. */
export interface Ending {
  readonly tone: 'good' | 'bad' | 'plain'
  readonly word: keyof typeof words.sideBySide.endings
  readonly values?: Readonly<Record<string, string | number>>
}

/** How it ended, and all that happened until then. */
export interface Result extends Ending {
  readonly acts: readonly Act[]
}

export const good = (word: Ending['word']): Ending => ({ tone: 'good', word })
export const plain = (word: Ending['word']): Ending => ({ tone: 'plain', word })
export const bad = (word: Ending['word'], values = {}): Ending => ({ tone: 'bad', word, values })

export function textOf({ word, values = {} }: Ending): string {
  return filled(words.sideBySide.endings[word], values)
}
