import { type Fail, LatchkeyError } from './errors.js'
import { completed, type LatchkeyOptions, mustBeStrategies } from './latchkey-options.js'
import { loaded } from './load.js'
import { must, own } from './options.js'
import { createAsk } from './request/ask.js'
import type { Diagnose } from './request/diagnose/diagnose.js'
import { createEventSource, type OpenEventSource } from './request/event-source.js'
import { createOrigins } from './request/origins.js'
import { resolved } from './request/resolved.js'
import { createSend } from './request/send.js'
import type { OpenWebSocket, WebSocketOptions } from './request/web-socket.js'
import { createHomes, type Homes } from './session/homes.js'
import { createSession } from './session/session.js'
import type { LatchkeyState, Listener, ListenerOptions, Strategy, TokenResponse } from './types.js'

export type { LatchkeyOptions } from './latchkey-options.js'

/** A credential's keeper, and the fetch that attaches it. */
export interface Latchkey<T = TokenResponse> {
  /**
   * Resolves when the stored credential has been looked up, and the probe has answered if it was asked: whatever came of it.
   * @throws {@link LatchkeyError} `ERR_DISPOSED`
   */
  ready(): Promise<LatchkeyState>
  /**
   * Takes a new credential, as the server's token response has it, and resolves when it is proved to be
   * stored. If it is refused, nothing changes.
   * @throws {@link LatchkeyError} `ERR_CREDENTIAL_MALFORMED`, `ERR_COOKIE_REFUSED`, `ERR_STORAGE_FAILED`, `ERR_DISPOSED`
   */
  set(token: T): Promise<void>
  /**
   * The global `fetch`, with the credential on requests to allowed origins. After a 401 it refreshes and sends once
   * more what can be sent twice; so it does after a refused CSRF token. All other requests go out untouched.
   * @throws {@link LatchkeyError} `ERR_REDIRECT_REFUSED`, `ERR_FOREIGN_ORIGIN`, `ERR_CSRF_UNAVAILABLE`, `ERR_REFRESH_FAILED`, `ERR_STORAGE_FAILED` of
   * a proof's key, `ERR_SIGNED_OUT`, `ERR_DISPOSED`; and what native `fetch` rejects with, as it is
   */
  fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response>
  /**
   * A `fetch` that decides, attaches, refreshes and sends again as {@link Latchkey.fetch} does, and hands each request that
   * is ready to `carry`, which brings it to the server in its own way and answers what came of it. It has to obey
   * `redirect: 'manual'`, which stands where a redirect would carry the credential to another origin.
   * @throws TypeError if `carry` is no function
   */
  through(carry: (request: Request) => Promise<Response>): typeof globalThis.fetch
  /**
   * Whether the credential may go there: the decision that `fetch` makes of the same input. It does not say that there is one.
   * @throws TypeError if there is no URL in it
   */
  allows(input: RequestInfo | URL): boolean
  /** `EventSource`, each connection of which is made by `fetch`: see {@link OpenEventSource}. */
  readonly eventSource: OpenEventSource
  /** An open `WebSocket` for which the server was given a ticket: see {@link OpenWebSocket}. */
  readonly webSocket: OpenWebSocket
  /** What is known of the credential: frozen, and the same object while nothing changes. */
  readonly state: LatchkeyState
  /** Calls the listener at once and after every change, and for requests if it asks for that; returns what stops it. */
  subscribe(listener: Listener, options?: ListenerOptions): () => void
  /**
   * Renews the credential now, or joins the refresh that is running; signed out, it asks the probe, if there is one. It
   * resolves as well when the server has ended the session: see `state`.
   * @throws {@link LatchkeyError} `ERR_NOT_REFRESHABLE`, `ERR_REFRESH_FAILED`, `ERR_SIGNED_OUT`, `ERR_DISPOSED`
   */
  refresh(): Promise<void>
  /**
   * Forgets the credential, at once here and then in the store. It tells no server: call its sign-out too.
   * @throws {@link LatchkeyError} `ERR_STORAGE_FAILED` if it may still be stored, `ERR_DISPOSED`
   */
  clear(): Promise<void>
  /**
   * Makes another strategy the one in use, and moves the credential to it. What can't be moved stays where it is, and
   * everything as it was. An app that does so has the next strategy as `strategy` at its next start, and the one before
   * in `migrateFrom`.
   * @throws {@link LatchkeyError} `ERR_CREDENTIAL_MALFORMED` where the next strategy can't use the credential, `ERR_COOKIE_REFUSED`,
   * `ERR_STORAGE_FAILED`, `ERR_CONNECTION_FAILED` where its code can't be loaded, `ERR_SIGNED_OUT`, `ERR_DISPOSED`
   * @throws TypeError if it is no strategy
   */
  migrate<N>(next: Strategy<N>): Promise<Latchkey<N>>
  /** Says what keeps the credential from arriving at a URL, and what to change there: see {@link Diagnose}. */
  readonly diagnose: Diagnose
  /**
   * What tells one access token from another: the first eight hex digits of its SHA-256. `undefined` where nobody is signed
   * in, where script has none (a session cookie), and on plain http of another host, where browsers have no `crypto.subtle`.
   *
   * It gives nothing away of a token that nobody can guess: of the 2^128 there are of 128 random bits, 2^96 have the same
   * digits, and SHA-256 leads from none of them to any. Of a token that can be guessed it would confirm the guess.
   * @throws {@link LatchkeyError} `ERR_CONNECTION_FAILED` where its code can't be loaded, `ERR_DISPOSED`
   */
  fingerprint(): Promise<string | undefined>
  /** Gives back every listener. What is stored stays, unless it is in memory alone; all promises are `ERR_DISPOSED` from then on. */
  dispose(): void
}

/**
 * Joins a strategy, a session and a fetch. It starts to look up the stored credential, and touches no global.
 * @throws TypeError that begins with the quoted name of the option that is wrong
 */
export function createLatchkey<T = TokenResponse>(options: LatchkeyOptions<T>): Latchkey<T> {
  const given = completed(options)
  const { strategy, migrateFrom } = given
  const fail: Fail = (code, cause, retryAt) =>
    new LatchkeyError(code, { strategy: homes.name(), cause, retryAt })
  const origins = createOrigins(given.allowedOrigins, given.allowInsecureOrigins)
  const keyOf = ({ name }: Strategy<never>) => `latchkey.${name}.${given.name || origins.first}`
  const homes: Homes<T> = createHomes({ strategy, migrateFrom, keyOf, fail })
  // What the oldest version calls itself: tabs of all versions meet there.
  const key = keyOf(migrateFrom.at(-1) ?? strategy)
  const ask = createAsk({ ...given, origins, fail })
  const session = createSession({ ...given, homes, key, ask, fail })
  const parts = { ...given, strategyOf: homes.strategyOf, session, origins, ask, fail }
  const send = createSend(parts)
  const living =
    <A extends unknown[], R>(call: (...asked: A) => Promise<R>) =>
    async (...asked: A) => {
      session.check()
      return call(...asked)
    }

  const latchkey: Latchkey<T> = Object.freeze({
    ready: living(() => session.ready.then(session.state)),
    set: living(session.set),
    fetch: send,
    through(carry: (request: Request) => Promise<Response>) {
      must('carry', typeof carry === 'function', 'be a function')
      return createSend({ ...parts, fetch: carry })
    },
    allows: (input: RequestInfo | URL) => origins.allows(resolved(input).href),
    eventSource: createEventSource({ ...parts, send }),
    webSocket: living(async (url: string | URL, socket: WebSocketOptions) => {
      const presence = session.presence()
      const { openSocket } = await loaded(import('./request/streams/open-socket.js'), presence, parts)
      return openSocket(url, socket, { ...parts, presence, send })
    }),
    get state() {
      return session.state()
    },
    subscribe: session.subscribe,
    refresh: living(session.refresh),
    clear: living(session.clear),
    migrate: living(async <N>(next: Strategy<N>) => {
      mustBeStrategies('next', [next], 'be a strategy')
      await session.migrate(next)
      return latchkey as unknown as Latchkey<N>
    }),
    async diagnose(url: string | URL) {
      const { diagnose } = await import('./request/diagnose/diagnose.js')
      return diagnose(url, own({ ...parts, ...homes.needs() }))
    },
    fingerprint: living(async () => {
      await session.ready
      const code = import('./request/diagnose/diagnose.js')
      // A sign-out meanwhile is an answer, too.
      const { fingerprintOf } = await loaded(code, new AbortController().signal, parts).finally(session.check)
      return fingerprintOf(session.held()?.access_token)
    }),
    dispose: session.dispose,
  })
  return latchkey
}
