import type { LatchkeyEvent } from './events.js'
import type { CredentialRecord } from './types.js'

/**
 * Asks the server something beside the requests of the app: a GET with cookies, to allowed origins only. It follows no
 * redirect, comes from no cache, and takes as long as a refresh may at most.
 */
export type Ask = (url: string) => Promise<Response>

/** What a placement may use while it attaches. */
export interface AttachContext {
  /** Whether it is sent once more: what the placement wrote on this very request before is its own. */
  readonly isResend?: boolean | undefined
  /** Then the request of the first sending: it may have been made anew since. */
  readonly first?: Request | undefined
  /** Asks the server for what it needs, such as a CSRF token. */
  readonly ask: Ask
  /** How long asking may take, in seconds. */
  readonly timeoutSeconds: number
  /** Tells the listeners, at once; it changes no state. */
  readonly tell: (event: LatchkeyEvent) => void
}

/** What was sent, and what came of it. */
export interface Exchange {
  /** As the caller made it; the placement may have written on it. */
  readonly request: Request
  /** As it was sent. */
  readonly carrier: Request
  /** What was attached; `undefined` while signed out. */
  readonly credential: CredentialRecord | undefined
  /** The answer. Whoever reads its body reads a clone: it is the caller's. */
  readonly response: Response
  /** Whether it was sent once more for a review's sake already. */
  readonly isResent: boolean
}

/** What has to be right at a server besides the credential: what a diagnosis looks at. */
export interface Needs {
  /** Headers of unsafe requests. */
  readonly headers?: readonly string[] | undefined
  /** The cookie that the CSRF token is read from. */
  readonly csrfCookie?: string | undefined
  /** The header of answers that the CSRF token is read from. */
  readonly csrfResponseHeader?: string | undefined
  /** The header of refusals that the nonce for the next proof is read from. */
  readonly nonceResponseHeader?: string | undefined
  /** What is asked besides the app's requests, such as the probe's URL. */
  readonly endpoints?: readonly string[] | undefined
}

/** Where in a request a credential goes. It knows `Request` and `Headers`, and no origin. */
export interface Placement {
  /** What it is called: `bearer`, `header` … */
  readonly name: string
  /**
   * Puts the credential on the request, which is the pipeline's own and may be written on, and answers
   * the request to send: `undefined` if there was nothing to put or the caller already had. A promise of it costs each request
   * the time of waiting for it.
   */
  attach(
    request: Request,
    credential: CredentialRecord | undefined,
    context?: AttachContext,
  ): Request | undefined | Promise<Request | undefined>
  /**
   * Whether a browser would carry what was put on this request along a redirect to another origin: then it
   * follows none, unless the caller chose. Only `Authorization` is removed on the way (Fetch s. 4.4), and none of it
   * within an origin: where an entry of `allowedOrigins` has a path, a request with that header follows none either.
   * @default true
   */
  exposes?(request: Request): boolean
  /** What a diagnosis has to look at besides. @default nothing */
  readonly needs?: Needs | undefined
  /** The `token_type` of what it can send (RFC 6749 s. 7.1), in upper or lower case: an answer of another one is refused. */
  readonly tokenType?: string | undefined
  /**
   * Whether a refusal has to be reckoned with that `review` would have sent once more, however fresh the credential
   * is: then a big body is kept for it, too, and when it comes it says nothing of whose session it is.
   * @default false
   */
  expectsRefusal?(request: Request): boolean
  /**
   * Looks at an answer. `true`: not the credential was refused but what goes with it, and there is another of that
   * now, so the request is worth sending once more.
   * @default false
   */
  review?(exchange: Exchange, context: AttachContext): boolean | Promise<boolean>
}

/** What `dpop()` makes: a placement, and what else its key is for. */
export interface DpopPlacement extends Placement {
  /**
   * Sends with a proof and without a token, as a token endpoint wants it at a login (RFC 9449 s. 5): so the tokens that
   * it answers are bound to the key. It learns the server's nonce, and sends once more where that was missing or old.
   * It follows no redirect, attaches nothing else, and takes any URL: it is the app's to say where that leads.
   * @param send sends each request. @default the global `fetch`
   */
  fetch(
    input: RequestInfo | URL,
    init?: RequestInit,
    send?: (request: Request) => Promise<Response>,
  ): Promise<Response>
  /** The key's SHA-256 thumbprint (RFC 7638), for `dpop_jkt` at the authorization endpoint (RFC 9449 s. 10). */
  thumbprint(): Promise<string>
}
