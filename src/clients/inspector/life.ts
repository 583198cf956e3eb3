import type { LatchkeyState } from '../../types.js'
import { filled, type InspectorWords } from './words.js'

/** How much of a credential's life is left, in words and as a part of it; no part where nobody knows. */
export function lifeOf(
  { status, receivedAt = 0, expiresAt }: LatchkeyState,
  now: number,
  words: InspectorWords,
): { readonly text: string; readonly part?: number } {
  if (status === 'unknown' || status === 'signed-out') return { text: words.none }
  if (expiresAt === undefined) return { text: words.endless }
  const [left, whole] = [expiresAt - now, expiresAt - receivedAt]
  if (left <= 0) return { text: words.over, part: 0 }
  return { text: filled(words.left, { left: clock(left), whole: clock(whole) }), part: left / whole }
}

/** As `1:02:03`. */
function clock(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}
