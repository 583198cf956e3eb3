import type { Seen } from '../../server.js'
import type { Entry } from '../../server-log.js'
import type { Heard } from './hearing.js'

/** One thing that the page's code asked for, and all that came of it. */
export interface Act {
  /** The code; empty where something happened to it. */
  readonly code: string
  /** What latchkey told its listeners meanwhile. */
  readonly events: readonly Heard[]
  /** What the server wrote down meanwhile. */
  readonly entries: readonly Entry[]
  /** What the code got: a status, or an error's code. */
  readonly result: string
  /** What latchkey did with the browser's stores. */
  readonly resting?: Resting
  /** What happened beside the code. */
  readonly aside?: 'expired' | 'tampered' | 'reloaded' | 'secondTab'
  /** What arrived at the foreign server. */
  readonly arrived?: readonly Seen[]
}

export interface Resting {
  readonly did: 'keeps' | 'finds' | 'forgets'
  readonly where: readonly string[]
}
