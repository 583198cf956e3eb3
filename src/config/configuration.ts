import type { RefreshData, StrategyData } from './data.js'

/**
 * What `configure` takes: JSON, as it may stand in a file. Settings at the top are for all environments; one that an
 * environment has itself stands in place of that whole.
 */
export interface Configuration extends ConfigurationSettings {
  /** Where editors find what may stand in the file: `./node_modules/latchkey/latchkey.schema.json`. */
  readonly $schema?: string
  /** The environments by their names. @default none: the settings stand alone */
  readonly environments?: { readonly [name: string]: EnvironmentData }
}

/** The settings of one environment, in place of those for all. */
export interface EnvironmentData extends ConfigurationSettings {
  /**
   * The hosts whose pages are of this environment, as `location.host` or `location.hostname` has them: `app.example.com`,
   * `localhost:5173`. There are no patterns. @default none: it is chosen by its name
   */
  readonly hosts?: readonly string[]
}

/** What may be set for one environment or for all. Where a name is one of `createLatchkey`'s, it is the same. */
export interface ConfigurationSettings {
  /** How the credential is kept and sent. Each environment needs one. */
  readonly strategy?: StrategyData
  /** Where the credential may go: `"self"` and https origins. Each environment needs them. */
  readonly allowedOrigins?: readonly string[]
  /** Renews a credential. @default none */
  readonly refresh?: RefreshData
  /** The strategies of earlier versions of the app, newest first. @default none */
  readonly migrateFrom?: readonly StrategyData[]
  /**
   * Keeps what is stored apart from others' on the same host, and is used as it is.
   * @default the environment's name and the first allowed origin
   */
  readonly name?: string
  /** What becomes of a request to an origin that is not allowed. @default 'send-bare' */
  readonly onForeignOrigin?: 'send-bare' | 'reject'
  /** Lets `allowedOrigins` name `http:` origins of other devices. @default false */
  readonly allowInsecureOrigins?: boolean
  /** How long a store may take for one operation, in seconds. @default 2 */
  readonly storageTimeoutSeconds?: number
  /** How long a refresh, a probe or a CSRF token may take, in seconds. @default 15 */
  readonly refreshTimeoutSeconds?: number
  /** How long before its end a credential is renewed, in seconds. @default 30 */
  readonly refreshBeforeSeconds?: number
  /** Renews by a timer, too. @default false */
  readonly keepFresh?: boolean
  /** After how many seconds without a request that carries the credential it is cleared. @default never */
  readonly idleTimeoutSeconds?: number
}

/** A file that is imported: TypeScript takes `"type": "jwt"` there for any text. */
export interface JsonObject {
  readonly [name: string]: JsonValue | undefined
}

/** What JSON can say. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject
