import { nativeFetch } from './native-fetch.js'
import { must, type WithDefaults, withDefaults } from './options.js'
import { isAuthFailure } from './request/auth-failure.js'
import { nothingToRenewWith } from './session/session.js'
import type { CredentialRecord, Refresh, Strategy, TokenResponse } from './types.js'

/** What `createLatchkey` takes. */
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
  /** Sends requests. @default the global `fetch`, looked up at each call, or what `install` has replaced */
  fetch?: ((request: Request) => Promise<Response>) | undefined
  /** The clock, in milliseconds since the epoch. @default Date.now */
  now?: (() => number) | undefined
  /** The databases. @default the global `indexedDB`, looked up at each use */
  indexedDB?: IDBFactory | undefined
  /** Keeps the tabs from refreshing at the same time. @default `navigator.locks`, looked up at each use */
  locks?: Pick<LockManager, 'request'> | undefined
  /** Opens the channel on which tabs give each other hints, if any. @default a new `BroadcastChannel` */
  channel?: ((name: string) => BroadcastChannel | undefined) | undefined
}

type WithoutDefault = 'indexedDB' | 'locks'
type HasDefault = { [K in keyof LatchkeyOptions]-?: K extends WithoutDefault ? undefined : true }

/** The options with what holds where they are not given, if they are right. */
export function completed<T>(options: LatchkeyOptions<T>): WithDefaults<LatchkeyOptions<T>, HasDefault> {
  const given = withDefaults('createLatchkey', options, DEFAULTS)
  const { strategy, migrateFrom, idleTimeoutSeconds, onForeignOrigin } = given
  mustBeStrategies('strategy', [strategy], 'be a strategy')
  mustBeStrategies('migrateFrom', migrateFrom, 'be a list of strategies')
  must('idleTimeoutSeconds', idleTimeoutSeconds > 0, 'be more than 0')
  must('onForeignOrigin', /^(send-bare|reject)$/.test(onForeignOrigin), "be 'send-bare' or 'reject'")
  return given
}

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
  fetch: nativeFetch,
  now: () => Date.now(),
  indexedDB: undefined,
  locks: undefined,
  channel: (name: string) => globalThis.BroadcastChannel && new BroadcastChannel(name),
}

export function mustBeStrategies(option: string, strategies: readonly unknown[], be: string): void {
  const isList = Array.isArray(strategies) && strategies.every((one) => Object(one).attach)
  must(option, isList, be)
}
