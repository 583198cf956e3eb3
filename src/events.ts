import type { LatchkeyError } from './errors.js'
import type { Claims, Place } from './types.js'

/**
 * What is known of a credential. `unknown`: it is still being looked up. `degraded`: one is there, and its refresh is failing
 * for now.
 */
export type Status = 'unknown' | 'signed-out' | 'signed-in' | 'degraded'

/** Why a signed-in state ended. */
export type SignOutReason =
  | 'cleared'
  | 'expired'
  | 'refresh-rejected'
  /** Cleared in another tab. */
  | 'other-tab'
  /** Nothing was sent with it for `idleTimeoutSeconds`, in any tab. */
  | 'idle'
  /** Refused after an attempt whose answer was lost: the server may have spent the refresh token then. */
  | 'rotation-outcome-unknown'

/** What is known of the credential. Frozen (of the claims, the first level), and the same object for as long as nothing changes. */
export interface LatchkeyState {
  /** Whether somebody is signed in, as far as this device knows. */
  readonly status: Status
  /** The name of the strategy that is in use. */
  readonly strategy: string
  /** The JWT's claims, never verified, or what the server says of a session's user; `undefined` where nobody says. */
  readonly claims?: Claims | undefined
  /** Whose credential it is: the claim `sub`, or what the option `subject` says. */
  readonly subject?: string | undefined
  /**
   * When it was received, in milliseconds since the epoch by this device's clock; `undefined` while there is none, or nobody
   * knows.
   */
  readonly receivedAt?: number | undefined
  /** When it ends, in milliseconds since the epoch by this device's clock; `undefined` if unknown. */
  readonly expiresAt?: number | undefined
  /** Where the credential rests, or would. */
  readonly storage: Place
  /** Whether it is still there after the browser was closed and opened again. */
  readonly persistent: boolean
  /** While it is degraded: when a refresh will be tried again at the earliest, in milliseconds since the epoch. */
  readonly retryAt?: number | undefined
  /** Why the last credential is gone; `undefined` while there is one. */
  readonly reason?: SignOutReason | undefined
}

/**
 * What happened. No event holds a credential or a full URL.
 *
 * | type | when |
 * |---|---|
 * | `initial` | the listener was added: the state is as it was before |
 * | `signed-in`, `signed-out` | somebody is signed in now, or nobody is: also at the start. `state.reason` says why, if somebody was |
 * | `refreshed` | the credential was renewed, in whatever tab |
 * | `degraded`, `recovered` | its refresh is failing for now, or works again |
 * | `user-changed` | it is another user's now |
 * | `migrated` | it was moved to another strategy |
 */
export type LatchkeyEvent =
  | { readonly type: 'initial' | 'migrated' }
  | {
      readonly type: 'signed-in' | 'refreshed' | 'recovered' | 'user-changed'
      /** Which tab did it; `undefined` where nobody knows, as at the start. */
      readonly by?: 'this-tab' | 'other-tab' | undefined
    }
  | {
      readonly type: 'signed-out'
      /** Which tab has ended it; `undefined` where none has: nobody was there, or it has expired. */
      readonly by?: 'this-tab' | 'other-tab' | undefined
      /** What led to it, where that is an error. */
      readonly error?: LatchkeyError | undefined
    }
  | {
      readonly type: 'degraded'
      /** What led to it. */
      readonly error?: LatchkeyError | undefined
    }
  /** The server has said whose session it is: `claims` and `subject` are there now. */
  | { readonly type: 'identified' }
  /** The credential rests in another place than it is meant to. */
  | {
      readonly type: 'storage-fallback'
      /** Why it does. */
      readonly error: LatchkeyError
      /** Where it rests now. */
      readonly storage: Place
    }
  /** There is more than one cookie of this name for the page, and which one the server looks at nobody knows. */
  | {
      readonly type: 'duplicate-cookie'
      /** Its name. */
      readonly cookie: string
    }
  /** If nothing is sent with the credential any more, it ends in so many seconds. */
  | {
      readonly type: 'going-idle'
      /** How long that is, in seconds. */
      readonly secondsLeft: number
    }
  /** Something was sent after `going-idle`, in any tab. */
  | { readonly type: 'active' }
  /**
   * A request was handed to `fetch` with the credential: told to those alone who asked for it ({@link ListenerOptions}). Of a
   * cookie it says that it was left to the browser. What the browser leaves out is not seen: a cookie with
   * `credentials: 'omit'`, a header with `mode: 'no-cors'`, all of a request that is aborted already.
   */
  | {
      readonly type: 'attached'
      /** Where it went to; of a URL no more is told. */
      readonly origin: string
    }
  /** A request went out without the credential. With `onForeignOrigin: 'reject'` none does, and none is told. */
  | {
      readonly type: 'not-attached'
      /** Where it went to; of a URL no more is told, and where it has no host, as `blob:`, the scheme. */
      readonly origin: string
      /** The origin is not on the list, the caller had set the header, or nobody is signed in. */
      readonly why: 'foreign-origin' | 'caller' | 'signed-out'
      /** Set where the origin is on the list, and the path is not below the one that it has there. */
      readonly isOtherPath?: boolean | undefined
    }

/** Called with the state and what led to it. What it throws goes to the page, as with a DOM event. */
export type Listener = (state: LatchkeyState, event: LatchkeyEvent) => void

/** What a listener may want besides. */
export interface ListenerOptions {
  /**
   * Whether it is also told of each request that went out with the credential, once more for one that was sent again, and
   * of each that went to the list without it. For development: such a listener is called as often as requests are made,
   * so it must make none itself, and others cost a request nothing. @default false
   */
  requests?: boolean | undefined
}
