import { own } from './options.js'

/**
 * Everything that can go wrong besides wrong configuration, as a closed list.
 *
 * | code | when |
 * |---|---|
 * | `ERR_CREDENTIAL_MALFORMED` | `set` was given something that is not a usable credential |
 * | `ERR_COOKIE_REFUSED` | the cookie is too big, unwritable, or the browser did not keep it |
 * | `ERR_STORAGE_FAILED` | the store is missing, blocked, full or broken: `cause` has the browser's reason, a `TimeoutError` after `storageTimeoutSeconds` |
 * | `ERR_STORED_MALFORMED` | what was stored is not a credential; the start is a signed-out one |
 * | `ERR_FOREIGN_ORIGIN` | the URL is not on the list, and `onForeignOrigin` is `'reject'`, or it is a socket's, or what a CSRF token or the session is asked of |
 * | `ERR_CSRF_UNAVAILABLE` | no CSRF token was to be had for a request that needs one, so it was not sent; `cause` says why |
 * | `ERR_REDIRECT_REFUSED` | the server redirected a request whose credential the browser would not remove |
 * | `ERR_NOT_REFRESHABLE` | there is no `refresh`, or no refresh token to spend |
 * | `ERR_REFRESH_FAILED` | the refresh failed without the server ending the session, or it is too early after one that did: the credential is kept, and `retryAt` says when to try again; `cause` is a `TimeoutError` after `refreshTimeoutSeconds` |
 * | `ERR_CONNECTION_FAILED` | an event source or a socket was not opened, or what `migrate` needs was not loaded; `cause` says why, a `TimeoutError` after `refreshTimeoutSeconds` |
 * | `ERR_SIGNED_OUT` | the credential was cleared, or became another user's, while this call waited for it |
 * | `ERR_DISPOSED` | the instance was disposed of |
 */
export type LatchkeyErrorCode =
  | 'ERR_CREDENTIAL_MALFORMED'
  | 'ERR_COOKIE_REFUSED'
  | 'ERR_STORAGE_FAILED'
  | 'ERR_STORED_MALFORMED'
  | 'ERR_FOREIGN_ORIGIN'
  | 'ERR_CSRF_UNAVAILABLE'
  | 'ERR_REDIRECT_REFUSED'
  | 'ERR_NOT_REFRESHABLE'
  | 'ERR_REFRESH_FAILED'
  | 'ERR_CONNECTION_FAILED'
  | 'ERR_SIGNED_OUT'
  | 'ERR_DISPOSED'

/** What a {@link LatchkeyError} says besides its message. */
export interface LatchkeyErrorDetails {
  /** What to do about it. */
  message?: string
  /** The name of the strategy concerned. */
  strategy?: string
  /** When it makes sense to try again, in milliseconds since the epoch. */
  retryAt?: number | undefined
  /** What led to it: an error of the browser's, or of the app's own function. */
  cause?: unknown
}

/** The one error class of the library. It never holds a credential, in any of its fields. */
export class LatchkeyError extends Error {
  /** What tells it from other errors, also from another copy of the library. */
  override readonly name = 'LatchkeyError'
  /** What happened. The message may change from version to version, and this does not. */
  declare readonly code: LatchkeyErrorCode
  /** The name of the strategy concerned; `undefined` where none is. */
  declare readonly strategy: string | undefined
  /** When it makes sense to try again, in milliseconds since the epoch. */
  declare readonly retryAt: number | undefined

  /** For strategies, stores and `refresh` functions of one's own. A cause that is a `SyntaxError` is left out. */
  constructor(code: LatchkeyErrorCode, details: LatchkeyErrorDetails = {}) {
    const { message = code, strategy, retryAt, cause } = own(details)
    // A parser's error quotes what it could not parse.
    super(message, cause && !(cause instanceof SyntaxError) ? { cause } : undefined)
    this.code = code
    this.strategy = strategy
    this.retryAt = retryAt
  }
}

/**
 * Tells whether `error` is a {@link LatchkeyError}, of this copy of the library or of another one on the
 * page; it does not look at the code.
 */
export function isLatchkeyError(error: unknown): error is LatchkeyError {
  return error instanceof Error && error.name === 'LatchkeyError'
}

/** Whether something was found that can't be read, which is no fault of the store's. */
export function isMalformed(error: unknown): boolean {
  return error instanceof LatchkeyError && error.code === 'ERR_STORED_MALFORMED'
}

/** Makes the errors of one strategy. */
export type Fail = (code: LatchkeyErrorCode, cause?: unknown, retryAt?: number) => LatchkeyError
