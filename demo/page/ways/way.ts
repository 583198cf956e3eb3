import type { Latchkey, TokenResponse } from '../../../src/index.js'
import type { Place } from './place.js'

/** A latchkey whose strategy is not known, and how it takes what a sign-in answered. */
export interface Opened {
  readonly latchkey: Omit<Latchkey, 'set'>
  keep(answer: TokenResponse): Promise<void>
  /** What a sign-in is asked with: latchkey's fetch, or one that also proves the key which the token will be bound to. */
  readonly enter: (url: string, init?: RequestInit) => Promise<Response>
}

/** One of the ways to keep a credential that the page shows. */
export interface Way {
  /** Names the way in the page and its latchkey instance. */
  readonly id: string
  /** Its part of the API, `/api/<kind>`. */
  readonly kind: string
  readonly title: string
  /** The one line that chooses it. */
  readonly code: string
  readonly about: string
  /** Where it rests and how it travels, in a few words. */
  readonly rests: string
  readonly travels: string
  /** The header or query parameter that carries the credential. */
  readonly carrier: string
  readonly sentBy: 'script' | 'browser'
  readonly isRefreshable: boolean
  readonly place: Place
  /** Makes its latchkey. Without refresh, a refused credential stays refused. */
  open(options: { refresh: boolean }): Opened
}
