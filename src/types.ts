import type { LatchkeyError } from './errors.js'

/** What a token endpoint answers (RFC 6749 s. 5.1), as it is. Further fields are ignored. */
export interface TokenResponse {
  access_token: string
  refresh_token?: string | undefined
  /** Life of the access token in seconds, counted from now. */
  expires_in?: number | undefined
  token_type?: string | undefined
  scope?: string | undefined
}

/** What starts a server session here: nothing but, if the server told, how long it lives. */
export interface SessionResponse {
  /** Life of the session in seconds, counted from now. */
  expires_in?: number | undefined
  /** A session cookie is the server's: script can neither read nor set it. */
  access_token?: never
}

/** The claims of a JWT (RFC 7519 s. 4), read and never verified: for display, not for decisions. */
export type Claims = Readonly<Record<string, unknown>>

/** A credential as it is kept: what the token response gave, and when it came. */
export interface CredentialRecord {
  /** Absent where the browser alone holds it (a server's session cookie). */
  readonly access_token?: string | undefined
  readonly refresh_token?: string | undefined
  /** When it was received, in milliseconds since the epoch by this device's clock. */
  readonly receivedAt: number
  /** How long it lives from then, in seconds; `undefined` if nobody said. */
  readonly expires_in?: number | undefined
  /** Which one it is of all that were kept under its key, in any tab: of two, the higher number is the newer. */
  readonly generation?: number | undefined
  /** The generation its sign-in had. With another one, it may be another user's. */
  readonly line?: number | undefined
  /** Read from the access token where the strategy can; never stored. */
  readonly claims?: Claims | undefined
}

/** Where, and under which circumstances, a strategy does its work. */
export interface StrategyContext {
  /** The one key to store under; it holds the strategy's and the instance's name. */
  readonly key: string
  /** @default the global one */
  readonly indexedDB?: IDBFactory | undefined
  /** Aborted when the time for this one operation is over. */
  readonly signal: AbortSignal
}

/** One named place for one value. It knows a storage API, and nothing of what it stores. */
export interface Store {
  readonly name: string
  /** Whether a value is still there after the browser was closed and opened again. */
  readonly persistent: boolean
  /** Whether each tab has a value of its own. @default false: all tabs have one */
  readonly perTab?: boolean | undefined
  /** The value, or `undefined` if there is none. What it throws is reported as `ERR_STORAGE_…`. */
  read(context: StrategyContext): Promise<string | undefined>
  /** Resolves once the value is proved to be stored; otherwise rejects, and the old value is still there. */
  write(context: StrategyContext, value: string): Promise<void>
  erase(context: StrategyContext): Promise<void>
}

/** Where in a request a credential goes. It knows `Request` and `Headers`, and no origin. */
export interface Placement {
  readonly name: string
  /**
   * Puts the credential on the request, which is the pipeline's own and may be written on, and resolves to
   * the request to send: `undefined` if there was nothing to put or the caller already had. On a resend, what
   * the placement wrote on this very request before is its own.
   */
  attach(
    request: Request,
    credential: CredentialRecord | undefined,
    isResend?: boolean,
  ): Promise<Request | undefined>
  /**
   * Whether a browser would carry what was put on this request along a redirect to another origin: then it
   * follows none, unless the caller chose. Only `Authorization` is removed on the way (Fetch s. 4.4).
   * @default true
   */
  exposes?(request: Request): boolean
}

/** What an app may want to know of a strategy before it chooses. */
export interface Capabilities {
  /** Whether script can read the credential: then a script injected by an attacker can, too. */
  readonly readable: boolean
  /** Whether it is still there after the browser was closed and opened again. */
  readonly persistent: boolean
  /** Whether each tab has a credential of its own. @default false */
  readonly perTab?: boolean | undefined
  /** Who puts it on the request. */
  readonly sentBy: 'script' | 'browser'
}

/** One way to keep and send a credential: the interface every strategy has. */
export interface Strategy<T = TokenResponse> {
  readonly name: string
  readonly capabilities: Capabilities
  /** The credential in what the app or the server gave. @throws {@link LatchkeyError} `ERR_CREDENTIAL_MALFORMED` */
  receive(token: T, now: number): CredentialRecord
  /** The stored credential. Rejects with `ERR_STORED_MALFORMED` where something else is stored. */
  get(context: StrategyContext): Promise<CredentialRecord | undefined>
  set(context: StrategyContext, credential: CredentialRecord): Promise<void>
  clear(context: StrategyContext): Promise<void>
  attach: Placement['attach']
  exposes?: Placement['exposes'] | undefined
}

/**
 * Renews a credential. A token response: renewed. `null`: the server has ended the session. `undefined`: there
 * is nothing to renew it with. A throw: nothing is known, the credential is kept. A `TypeError` is what `fetch` throws when
 * the network fails: then it is called once more.
 */
export type Refresh<T = TokenResponse> = (context: {
  credential: CredentialRecord
  /** Aborted after `refreshTimeoutSeconds`. */
  signal: AbortSignal
  /** The fetch below latchkey's: it attaches nothing. */
  fetch?: ((request: Request) => Promise<Response>) | undefined
  /** The clock that a thrown error's `retryAt` is read by. @default Date.now */
  now?: (() => number) | undefined
}) => Promise<T | null | undefined>

/** `degraded`: a credential is there, its refresh is failing for now. */
export type Status = 'unknown' | 'signed-out' | 'signed-in' | 'degraded'

/** Why a signed-in state ended. */
export type SignOutReason =
  | 'cleared'
  | 'expired'
  | 'refresh-rejected'
  /** Cleared in another tab. */
  | 'other-tab'
  /** Refused after an attempt whose answer was lost: the server may have spent the refresh token then. */
  | 'rotation-outcome-unknown'

/** What is known of the credential. Frozen (of the claims, the first level), and the same object for as long as nothing changes. */
export interface LatchkeyState {
  readonly status: Status
  /** The strategy's name. */
  readonly strategy: string
  /** The JWT's claims, never verified; `undefined` for other credentials. */
  readonly claims?: Claims | undefined
  /** Whose credential it is: the claim `sub`, or what the option `subject` says. */
  readonly subject?: string | undefined
  /** When it ends, in milliseconds since the epoch by this device's clock; `undefined` if unknown. */
  readonly expiresAt?: number | undefined
  /** Whether the strategy's store outlives the browser. */
  readonly persistent: boolean
  /** While it is degraded: when a refresh will be tried again at the earliest, in milliseconds since the epoch. */
  readonly retryAt?: number | undefined
  /** Why the last credential is gone; `undefined` while there is one. */
  readonly reason?: SignOutReason | undefined
}

/** What happened. No event holds a credential or a full URL. */
export type LatchkeyEvent =
  | { readonly type: 'initial' | 'signed-in' | 'refreshed' | 'recovered' | 'user-changed' }
  | { readonly type: 'signed-out' | 'degraded'; readonly error?: LatchkeyError | undefined }
  /** A renewed credential is in use, but could not be stored. */
  | { readonly type: 'storage-fallback'; readonly error: LatchkeyError }
  | {
      readonly type: 'not-attached'
      readonly origin: string
      readonly why: 'foreign-origin' | 'caller' | 'signed-out'
    }

/** Called with the state and what led to it. What it throws goes to the page, as with a DOM event. */
export type Listener = (state: LatchkeyState, event: LatchkeyEvent) => void
