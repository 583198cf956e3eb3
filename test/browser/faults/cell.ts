import { type Outcome, unharmed } from './outcomes.js'
import type { PlaceName } from './places.js'
import type { Over } from './swap.js'

/** Brings the fault about for the instance of that name. */
export type Bring = (name: string) => Over | Promise<Over>

export interface Cell {
  readonly bring: Bring
  readonly outcome: Outcome
  /** What `set` is given. @default a token of some 2 KB */
  readonly token?: string
}

/** One fault in all places. A text says why there is no such cell. */
export type Row = Readonly<Record<PlaceName, Cell | string>>

export const cell = (bring: Bring, outcome: Outcome, change: Partial<Outcome> = {}): Cell => ({
  bring,
  outcome: { ...outcome, ...change },
})

/** Every place has its own API, to which the same happens. */
export const ofEach = (
  brings: Record<PlaceName, Bring>,
  outcome: Outcome,
  ofCookie: Partial<Outcome> = {},
): Row => ({
  local: cell(brings.local, outcome),
  session: cell(brings.session, outcome),
  indexedDB: cell(brings.indexedDB, outcome),
  cookie: cell(brings.cookie, outcome, ofCookie),
})

/** A fault of IndexedDB, where the others keep nothing but the number of the newest credential. */
export const ofDatabase = (bring: Bring, outcome: Outcome): Row => ({
  ...beside(bring),
  indexedDB: cell(bring, outcome),
})

/** The same where IndexedDB is not the store. */
export const beside = (bring: Bring): Row => ({
  local: cell(bring, unharmed),
  session: cell(bring, unharmed),
  indexedDB: 'there it is the store itself, which has a row of its own',
  cookie: cell(bring, unharmed),
})
