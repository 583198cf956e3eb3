import type { LatchkeyError } from './errors.js'
import type { Ask, Placement } from './placement.js'
import type { createProbing } from './probing.js'

export type * from './events.js'
export type * from './placement.js'

/** What a token endpoint answers (RFC 6749 s. 5.1), as it is. Further fields are ignored. */
export interface TokenResponse {
  /** What is attached to requests. It has to fit a header's value. */
  access_token: string
  /** What {@link oauthRefresh} renews it with. It goes to the token endpoint alone. */
  refresh_token?: string | undefined
  /** Life of the access token in seconds, counted from now. */
  expires_in?: number | undefined
  /** The type (RFC 6749 s. 7.1): where proofs are sent it has to be `DPoP`. */
  token_type?: string | undefined
  /** What the token is good for (RFC 6749 s. 3.3). Nothing here reads it. */
  scope?: string | undefined
}

/** What starts a server session here: nothing but, if the server told, how long it lives. */
export interface SessionResponse {
  /** Life of the session in seconds, counted from now. */
  expires_in?: number | undefined
  /** What the server says of the user: shown in the state, and not stored. */
  claims?: Claims | undefined
  /** A session cookie is the server's: script can neither read nor set it. */
  access_token?: never
}

/** The claims of a JWT (RFC 7519 s. 4), read and never verified: for display, not for decisions. */
export type Claims = Readonly<Record<string, unknown>>

/** A credential as it is kept: what the token response gave, and when it came. */
export interface CredentialRecord {
  /** Absent where the browser alone holds it (a server's session cookie). */
  readonly access_token?: string | undefined
  /** What it can be renewed with, if the server gave that. */
  readonly refresh_token?: string | undefined
  /** When it was received, in milliseconds since the epoch by this device's clock. */
  readonly receivedAt: number
  /** How long it lives from then, in seconds; `undefined` if nobody said. */
  readonly expires_in?: number | undefined
  /** Which one it is of all that were kept under its key, in any tab: of two, the higher number is the newer. */
  readonly generation?: number | undefined
  /** The generation its sign-in had. With another one, it may be another user's. */
  readonly line?: number | undefined
  /** Set where somebody else may have been signed in before, whose answers the HTTP cache would give. */
  readonly cache?: 'no-store' | undefined
  /** The type that its placement asks for, where it does: bound to a key, a token is of no use to any other. */
  readonly token_type?: string | undefined
  /** Read from the access token where the strategy can; never stored. */
  readonly claims?: Claims | undefined
  /** Where it was found or stored; never stored itself. */
  readonly place?: Place | undefined
  /** Whether it is to be written again, in the form of today; never stored. */
  readonly isOutdated?: boolean | undefined
  /** The strategy it is kept by and attached with, which may be an earlier one; never stored. */
  readonly strategy?: Strategy<never> | undefined
}

/** Where, and under which circumstances, a strategy does its work. */
export interface StrategyContext {
  /** The one key to store under; it holds the strategy's and the instance's name. */
  readonly key: string
  /** The databases. @default the global `indexedDB` */
  readonly indexedDB?: IDBFactory | undefined
  /** Whose work it is: one object for each instance. On a server, instances of many users may share one strategy. */
  readonly instance?: object | undefined
  /** Aborted when the time for this one operation is over. */
  readonly signal: AbortSignal
  /** How long that is, in seconds. @default 2 */
  readonly timeoutSeconds?: number | undefined
  /** How long a database may take to open, in seconds. @default all the time there is */
  readonly openSeconds?: number | undefined
  /** Called where the value rests in another store than the first of a chain, with what was wrong with that. */
  readonly onPlace?:
    | ((store: Pick<Store, 'name' | 'persistent' | 'perTab'>, cause?: unknown) => void)
    | undefined
  /** Called where the value is in a form that nobody would write today. */
  readonly onOutdated?: (() => void) | undefined
  /** Set where nobody else writes meanwhile: then it may be written again. @default false */
  readonly canRewrite?: boolean | undefined
}

/** Where a credential rests. */
export interface Place {
  /** The store's name: `localStorage`, `indexedDB`, `memory` … */
  readonly name: string
  /** Whether it is still there after the browser was closed and opened again. */
  readonly persistent: boolean
  /** Whether each tab has a credential of its own. @default false */
  readonly perTab?: boolean | undefined
  /** Why it is not where it is meant to be; `undefined` if it is. */
  readonly error?: LatchkeyError | undefined
}

/** One named place for one value. It knows a storage API, and nothing of what it stores. */
export interface Store {
  /** What it is called in the state and in errors: `localStorage`, `indexedDB` … */
  readonly name: string
  /** Whether a value is still there after the browser was closed and opened again. */
  readonly persistent: boolean
  /** Whether each tab has a value of its own. @default false: all tabs have one */
  readonly perTab?: boolean | undefined
  /** The value, or `undefined` if there is none. What it throws is reported as `ERR_STORAGE_…`. */
  read(context: StrategyContext): Promise<string | undefined>
  /** Resolves once the value is proved to be stored; otherwise rejects, and the old value is still there. */
  write(context: StrategyContext, value: string): Promise<void>
  /** Resolves once nothing is stored under the key any more, also if nothing was. */
  erase(context: StrategyContext): Promise<void>
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
  /** What it is called in the state, in errors and in the key it stores under. */
  readonly name: string
  /** What an app may want to know before it chooses. */
  readonly capabilities: Capabilities
  /** What its store is called. @default as the strategy */
  readonly storage?: string | undefined
  /** The credential in what the app or the server gave. @throws {@link LatchkeyError} `ERR_CREDENTIAL_MALFORMED` */
  receive(token: T, now: number): CredentialRecord
  /** The stored credential. Rejects with `ERR_STORED_MALFORMED` where something else is stored. */
  get(context: StrategyContext): Promise<CredentialRecord | undefined>
  /** Resolves once it is proved to be stored. */
  set(context: StrategyContext, credential: CredentialRecord): Promise<void>
  /** Resolves once nothing is stored any more. */
  clear(context: StrategyContext): Promise<void>
  /** As the placement has it: {@link Placement.attach}. */
  attach: Placement['attach']
  /** As the placement has it: {@link Placement.exposes}. */
  exposes?: Placement['exposes'] | undefined
  /** As the placement has it: {@link Placement.review}. */
  review?: Placement['review'] | undefined
  /** As the placement has it: {@link Placement.needs}. */
  readonly needs?: Placement['needs']
  /** As the placement has it: {@link Placement.expectsRefusal}. */
  expectsRefusal?: Placement['expectsRefusal'] | undefined
  /** Whose credential it is now, where that is written beside it. It is read before each request. */
  readSubject?: (() => string | undefined) | undefined
  /** Asks the server, where it alone knows. `receive` takes what it answers. */
  probe?: Probe | undefined
  /**
   * What is done with the probe's answers. It comes with `sessionStrategy`; for a strategy of one's own it is loaded.
   * @hidden
   */
  readonly probing?: typeof createProbing | undefined
}

/**
 * Asks a server for a session that script can't see. A session response: there is one. `null`: there is none. A
 * throw: nothing is known.
 */
export type Probe = (context: {
  fetch: Ask
  /** Aborted after `refreshTimeoutSeconds`. */
  signal: AbortSignal
}) => Promise<SessionResponse | null | undefined>

/**
 * Renews a credential. A token response: renewed. `null`: the server has ended the session. `undefined`: there
 * is nothing to renew it with. A throw: nothing is known, the credential is kept. A `TypeError` is what `fetch` throws when
 * the network fails: then it is called once more.
 */
export type Refresh<T = TokenResponse> = (context: {
  credential: CredentialRecord
  /** Aborted after `refreshTimeoutSeconds`. */
  signal: AbortSignal
  /** The fetch below latchkey's, also where the global one was replaced by `install`: it attaches nothing. */
  fetch?: ((request: Request) => Promise<Response>) | undefined
  /** The clock that a thrown error's `retryAt` is read by. @default Date.now */
  now?: (() => number) | undefined
}) => Promise<T | null | undefined>
