import type { LatchkeyEvent, LatchkeyState } from '../../types.js'
import { filled, type InspectorWords } from './words.js'

const FIELDS = ['name', 'type', 'how', 'origin', 'storage', 'cookie', 'seconds', 'why'] as const

/** What happened, as text that may be told to other tabs: no credential, and of a URL the origin. */
export type Entry = Readonly<Record<(typeof FIELDS)[number], string>>

type Keys<U> = U extends unknown ? keyof U : never
type Field<U, K extends PropertyKey> = U extends unknown ? (K extends keyof U ? U[K] : never) : never
/** Any event, of which nobody knows which one it is. */
type AnyEvent = { readonly [K in Keys<LatchkeyEvent>]?: Field<LatchkeyEvent, K> }

/** @param name what the instance is called that it happened to */
export function entryOf(name: string, { reason }: LatchkeyState, event: LatchkeyEvent): Entry {
  const { type, by, why, isOtherPath, origin, error, storage, cookie, secondsLeft }: AnyEvent = event
  const cause = [type === 'signed-out' && reason, error?.code].filter(Boolean)
  return entryFrom({
    name,
    type,
    how: isOtherPath ? 'other-path' : (why ?? by),
    origin,
    storage: storage?.name,
    cookie,
    seconds: secondsLeft && String(secondsLeft),
    why: cause.join(', '),
  })
}

/** Whatever another tab has sent, as what it should have been. */
export function entryFrom(data: unknown): Entry {
  const given = Object(data)
  const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, LONGEST) : '')
  return Object.fromEntries(FIELDS.map((name) => [name, text(given[name])])) as Entry
}

/** Whether it is this tab's own doing, and no echo of what another one tells itself. */
export function isOwn({ type, how }: Entry): boolean {
  return type !== 'initial' && how !== 'other-tab'
}

/** In words: of the kind, or of the type where there are no kinds. */
export function sentenceOf(entry: Entry, words: InspectorWords): string {
  const all: Readonly<Record<string, string>> = words
  const text = all[`${entry.type}:${entry.how}`] ?? all[entry.type] ?? ''
  return [filled(text, entry), entry.why].filter(Boolean).join(': ')
}

const LONGEST = 300
