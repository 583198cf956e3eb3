import { type Fail, LatchkeyError } from './errors.js'
import { must, own, type WithDefaults, withDefaults } from './options.js'
import { createAsk } from './request/ask.js'
import { isAuthFailure } from './request/auth-failure.js'
import type { Diagnose } from './request/diagnose/diagnose.js'
import { createOrigins } from './request/origins.js'
import { createSend } from './request/send.js'
import { createHomes, type Homes } from './session/homes.js'
import { createSession, nothingToRenewWith } from './session/session.js'
import type { CredentialRecord, LatchkeyState, Listener, Refresh, Strategy, TokenResponse } from './types.js'

/** What {@link createLatchkey} takes. */
export interface LatchkeyOptions<T = TokenResponse> {
  /** How the credential is kept and sent: `jwtStrategy({ storage: 'local' })`, `sessionStrategy()`, … */
  strategy: Strategy<T>
  /**
   * Where the credential may go: `'self'` (the page's own origin) and origins such as
   * `https://api.example.com`, each with a path to stay below if wanted. There is no default and no pattern.
   */
  allowedOrigins: readonly string[]
  /** Renews a credential that is about to end or was refused. @default none */
  refresh?: Refresh<NoInfer<T>> | undefined
  /**
   * The strategies of earlier versions of the app, newest first: what one of them has stored is moved to `strategy`,
   * and nobody is signed out by it. @default none
   */
  migrateFrom?: readonly Strategy<never>[] | undefined
  /** Keeps two instances on one page apart. @default the first allowed origin */
  name?: string | undefined
  /** What becomes of a request to an origin that is not allowed. @default 'send-bare' */
  onForeignOrigin?: 'send-bare' | 'reject' | undefined
  /**
   * Whether an answer says that the credential was not accepted. It also sees what can't be read: a redirect as
   * a response of type `opaqueredirect`, a failed fetch as one of type `error` (offline, or an answer without
   * CORS headers; `navigator.onLine` may tell). Where it says yes the request is sent again, whatever its method.
   * @default its status is 401, for no other reason than the token
   */
  isAuthFailure?: ((response: Response) => boolean) | undefined
  /** Whose credential it is. @default the claim `sub`, if it is text */
  subject?: ((credential: CredentialRecord) => string | undefined) | undefined
  /** Lets `allowedOrigins` name `http:` origins of other devices. For test networks only. @default false */
  allowInsecureOrigins?: boolean | undefined
  /** How long a store may take for one operation, in seconds. @default 2 */
  storageTimeoutSeconds?: number | undefined
  /** How long a refresh may take, in seconds, and so a probe and a CSRF token. @default 15 */
  refreshTimeoutSeconds?: number | undefined
  /** How long before its end a credential is renewed, in seconds; at most half its life. @default 30 */
  refreshBeforeSeconds?: number | undefined
  /**
   * Renews also while nothing is asked of the server, by a timer, in the tab that is seen. Nothing depends on it:
   * without it the first request after the end waits for the refresh. @default false
   */
  keepFresh?: boolean | undefined
  /**
   * After how many seconds without a request that carries the credential, in any tab, it is cleared: a little less than
   * the server's own. `going-idle` announces the last minute. @default never
   */
  idleTimeoutSeconds?: number | undefined
  /** Sends requests. @default the global `fetch`, looked up at each call */
  fetch?: ((request: Request) => Promise<Response>) | undefined
  /** The clock, in milliseconds since the epoch. @default Date.now */
  now?: (() => number) | undefined
  /** @default the global `indexedDB`, looked up at each use */
  indexedDB?: IDBFactory | undefined
  /** Keeps the tabs from refreshing at the same time. @default `navigator.locks`, looked up at each use */
  locks?: Pick<LockManager, 'request'> | undefined
  /** Opens the channel on which tabs give each other hints, if any. @default a new `BroadcastChannel` */
  channel?: ((name: string) => BroadcastChannel | undefined) | undefined
}

/** A credential's keeper, and the fetch that attaches it. */
export interface Latchkey<T = TokenResponse> {
  /** Resolves when the stored credential has been looked up, and the probe has answered if it was asked: whatever came of it. */
  ready(): Promise<LatchkeyState>
  /**
   * Takes a new credential, as the server's token response has it, and resolves when it is proved to be
   * stored. If it is refused, nothing changes.
   * @throws {@link LatchkeyError} `ERR_CREDENTIAL_MALFORMED`, `ERR_COOKIE_REFUSED`, `ERR_STORAGE_…`
   */
  set(token: T): Promise<void>
  /**
   * The global `fetch`, with the credential on requests to allowed origins. After a 401 it refreshes and sends once
   * more what can be sent twice; so it does after a refused CSRF token. All other requests go out untouched.
   * @throws {@link LatchkeyError} `ERR_REDIRECT_REFUSED`, `ERR_FOREIGN_ORIGIN`, `ERR_CSRF_UNAVAILABLE`, `ERR_REFRESH_…`, `ERR_SIGNED_OUT`
   */
  fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response>
  /** What is known of the credential: frozen, and the same object while nothing changes. */
  readonly state: LatchkeyState
  /** Calls the listener at once and after every change; returns what stops it. */
  subscribe(listener: Listener): () => void
  /**
   * Renews the credential now, or joins the refresh that is running; signed out, it asks the probe, if there is one. It
   * resolves as well when the server has ended the session: see `state`.
   * @throws {@link LatchkeyError} `ERR_NOT_REFRESHABLE`, `ERR_REFRESH_FAILED`, `ERR_SIGNED_OUT`
   */
  refresh(): Promise<void>
  /**
   * Forgets the credential, at once here and then in the store. It tells no server: call its sign-out too.
   * @throws {@link LatchkeyError} `ERR_STORAGE_…` if it may still be stored
   */
  clear(): Promise<void>
  /**
   * Makes another strategy the one in use, and moves the credential to it. What can't be moved stays where it is, and
   * everything as it was. An app that does so has the next strategy as `strategy` at its next start, and the one before
   * in `migrateFrom`.
   * @throws {@link LatchkeyError} `ERR_CREDENTIAL_MALFORMED` where the next strategy can't use the credential, `ERR_COOKIE_REFUSED`, `ERR_STORAGE_…`
   */
  migrate<N>(next: Strategy<N>): Promise<Latchkey<N>>
  /** Says what keeps the credential from arriving at a URL, and what to change there: see {@link Diagnose}. */
  readonly diagnose: Diagnose
  /** Gives back every listener. What is stored stays, and all promises are `ERR_DISPOSED` from then on. */
  dispose(): void
}

/**
 * Joins a strategy, a session and a fetch. It starts to look up the stored credential, and touches no global.
 * @throws TypeError that begins with the quoted name of the option that is wrong
 */
export function createLatchkey<T = TokenResponse>(options: LatchkeyOptions<T>): Latchkey<T> {
  const given = withDefaults('createLatchkey', options, DEFAULTS)
  check(given)
  const { strategy, migrateFrom } = given
  const fail: Fail = (code, cause, retryAt) =>
    new LatchkeyError(code, { strategy: homes.name(), cause, retryAt })
  const origins = createOrigins(given.allowedOrigins, given.allowInsecureOrigins)
  const keyOf = ({ name }: Strategy<never>) => `latchkey.${name}.${given.name || origins[0]}`
  const homes: Homes<T> = createHomes({ strategy, migrateFrom, keyOf, fail })
  // What the oldest version calls itself: tabs of all versions meet there.
  const key = keyOf(migrateFrom.at(-1) ?? strategy)
  const ask = createAsk({ ...given, origins, fail })
  const session = createSession({ ...given, homes, key, ask, fail })
  const send = createSend({ ...given, strategy: homes, session, origins, ask, fail })
  const living =
    <A extends unknown[], R>(call: (...asked: A) => Promise<R>) =>
    async (...asked: A) => {
      session.check()
      return call(...asked)
    }

  const latchkey: Latchkey<T> = Object.freeze({
    ready: living(() => session.ready.then(session.state)),
    set: living(session.set),
    fetch: living(send),
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
      return diagnose(url, own({ ...given, ...homes.needs(), strategy: homes, session, origins }))
    },
    dispose: session.dispose,
  })
  return latchkey
}

type Complete<T> = WithDefaults<LatchkeyOptions<T>, typeof DEFAULTS>

const DEFAULTS = {
  strategy: undefined,
  allowedOrigins: undefined,
  refresh: nothingToRenewWith,
  migrateFrom: [] as readonly Strategy<never>[],
  name: '',
  onForeignOrigin: 'send-bare',
  isAuthFailure,
  subject: ({ claims }: CredentialRecord) => (typeof claims?.sub === 'string' ? claims.sub : undefined),
  allowInsecureOrigins: false,
  storageTimeoutSeconds: 2,
  refreshTimeoutSeconds: 15,
  refreshBeforeSeconds: 30,
  keepFresh: false,
  idleTimeoutSeconds: Number.POSITIVE_INFINITY,
  fetch: (request: Request) => globalThis.fetch(request),
  now: () => Date.now(),
  indexedDB: undefined,
  locks: undefined,
  channel: (name: string) => globalThis.BroadcastChannel && new BroadcastChannel(name),
}

function check<T>(options: Complete<T>): void {
  const { strategy, migrateFrom, idleTimeoutSeconds, onForeignOrigin } = options
  mustBeStrategies('strategy', [strategy], 'be a strategy')
  mustBeStrategies('migrateFrom', migrateFrom, 'be a list of strategies')
  must('idleTimeoutSeconds', idleTimeoutSeconds > 0, 'be more than 0')
  must('onForeignOrigin', /^(send-bare|reject)$/.test(onForeignOrigin), "be 'send-bare' or 'reject'")
}

function mustBeStrategies(option: string, strategies: readonly unknown[], be: string): void {
  const isList = Array.isArray(strategies) && strategies.every((one) => Object(one).attach)
  must(option, isList, be)
}
