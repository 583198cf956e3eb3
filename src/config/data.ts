import type { CsrfPreset } from '../placements/presets.js'
import type { cookieStrategy } from '../strategies/cookie.js'

/** A strategy, by its type and what its factory may be told. */
export type StrategyData =
  | SessionStrategyData
  | CookieStrategyData
  | JwtStrategyData
  | TokenStrategyData
  | MemoryStrategyData

/** `sessionStrategy()`. */
export interface SessionStrategyData {
  readonly type: 'session'
  readonly csrf?: CsrfData
  /** The URL of the endpoint that says who is signed in. */
  readonly probe?: string
  readonly subjectCookie?: string
  /** Where the marker rests. @default 'local' */
  readonly storage?: StoreData
}

/** `cookieStrategy()`. */
export interface CookieStrategyData extends Attributes {
  readonly type: 'cookie'
  readonly csrf?: CsrfData
  readonly subjectCookie?: string
}

/** `jwtStrategy()`. */
export interface JwtStrategyData {
  readonly type: 'jwt'
  readonly storage: StoreData
  /** @default { type: 'bearer' } */
  readonly placement?: PlacementData
}

/** `tokenStrategy()`. */
export interface TokenStrategyData {
  readonly type: 'token'
  /** @default 'indexedDB' */
  readonly storage?: StoreData
  /** @default { type: 'bearer' } */
  readonly placement?: PlacementData
}

/** `memoryStrategy()`. */
export interface MemoryStrategyData {
  readonly type: 'memory'
  /** @default { type: 'bearer' } */
  readonly placement?: PlacementData
}

/** Where something rests. */
export type StoreData = 'local' | 'session' | 'indexedDB' | 'memory' | ChainData | EncryptedData

/** `storeChain()`. */
export interface ChainData {
  readonly type: 'chain'
  /** In the order of preference; those of one tab come last. */
  readonly stores: readonly StoreData[]
}

/** `encrypted()`. */
export interface EncryptedData {
  readonly type: 'encrypted'
  readonly storage: StoreData
}

/** How a token travels. */
export type PlacementData = BearerData | HeaderData | QueryData | DpopData

/** `bearer()`. */
export interface BearerData {
  readonly type: 'bearer'
}

/** `header()`. */
export interface HeaderData {
  readonly type: 'header'
  readonly name: string
}

/** `query()`. **A URL is no place for a secret.** */
export interface QueryData {
  readonly type: 'query'
  readonly name: string
}

/** `dpop()`. A refresh of type `oauth` has the same key by itself. */
export interface DpopData {
  readonly type: 'dpop'
  /** Keeps the keys of two clients of one origin apart. @default one for all */
  readonly name?: string
  /** @default 'indexedDB' */
  readonly storage?: 'indexedDB' | 'memory'
}

/** Where a CSRF token is. */
export type CsrfData =
  | ({ readonly type: 'django' | 'laravel' | 'angular' | 'spring' | 'aspnet' } & CsrfPresetData<
      'cookie' | 'header' | 'url'
    >)
  | ({ readonly type: 'rails' | 'express' | 'fastify' } & CsrfPresetData<'url' | 'field' | 'header'>)
  | CsrfCookieData
  | CsrfMetaData
  | CsrfEndpointData
  | CsrfResponseHeaderData

/** What a preset may be told. */
export type CsrfPresetData<K extends keyof CsrfPreset> = Readonly<JsonOf<Pick<CsrfPreset, K>>>

/** `csrfCookie()`. */
export interface CsrfCookieData {
  readonly type: 'cookie'
  readonly cookie: string
  readonly header: string
  readonly url?: string
}

/** `csrfMeta()`. */
export interface CsrfMetaData {
  readonly type: 'meta'
  readonly name: string
  readonly header: string
  readonly url?: string
  readonly field?: string
}

/** `csrfEndpoint()`. */
export interface CsrfEndpointData {
  readonly type: 'endpoint'
  readonly url: string
  readonly field?: string
  readonly header: string
}

/** `csrfResponseHeader()`. */
export interface CsrfResponseHeaderData {
  readonly type: 'response-header'
  readonly header: string
}

/** A refresh, by its type. */
export type RefreshData = OAuthRefreshData

/** `oauthRefresh()`, with the key of the strategy's proofs where its placement is `dpop`. */
export interface OAuthRefreshData {
  readonly type: 'oauth'
  readonly tokenEndpoint: string
  readonly clientId: string
  readonly scope?: string
}

type Attributes = Readonly<JsonOf<Omit<Parameters<typeof cookieStrategy>[0], 'csrf' | 'subjectCookie'>>>

/** JSON has no `undefined`. */
type JsonOf<T> = { [K in keyof T]: Exclude<T[K], undefined> }
