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
  /** Where the CSRF token is, if the server wants one. @default none */
  readonly csrf?: CsrfData
  /** The URL of the endpoint that says who is signed in. */
  readonly probe?: string
  /** Name of a readable cookie that says whose session it is. @default none */
  readonly subjectCookie?: string
  /** Where the marker rests. @default 'local' */
  readonly storage?: StoreData
}

/** `cookieStrategy()`. */
export interface CookieStrategyData extends CookieAttributesData {
  readonly type: 'cookie'
  /** Where the CSRF token is, if the server wants one. @default none */
  readonly csrf?: CsrfData
  /** Name of a readable cookie that says whose session it is. @default none */
  readonly subjectCookie?: string
}

/** `jwtStrategy()`. */
export interface JwtStrategyData {
  readonly type: 'jwt'
  /** Where the token rests: `"local"` or `"session"`, or what is made of them. */
  readonly storage: StoreData
  /** How the token travels. @default { type: 'bearer' } */
  readonly placement?: PlacementData
}

/** `tokenStrategy()`. */
export interface TokenStrategyData {
  readonly type: 'token'
  /** Where the token rests. @default 'indexedDB' */
  readonly storage?: StoreData
  /** How the token travels. @default { type: 'bearer' } */
  readonly placement?: PlacementData
}

/** `memoryStrategy()`. */
export interface MemoryStrategyData {
  readonly type: 'memory'
  /** How the token travels. @default { type: 'bearer' } */
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
  /** Where the ciphertext rests. */
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
  /** Name of the header, such as `X-Auth-Token`. */
  readonly name: string
}

/** `query()`. **A URL is no place for a secret.** */
export interface QueryData {
  readonly type: 'query'
  /** Name of the query parameter. */
  readonly name: string
}

/** `dpop()`. A refresh of type `oauth` has the same key by itself. */
export interface DpopData {
  readonly type: 'dpop'
  /** Keeps the keys of two clients of one origin apart. @default one for all */
  readonly name?: string
  /** Where the key is. @default 'indexedDB' */
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
  /** Name of the cookie. */
  readonly cookie: string
  /** Name of the header. */
  readonly header: string
  /** Where a new one is to be got. @default none */
  readonly url?: string
}

/** `csrfMeta()`. */
export interface CsrfMetaData {
  readonly type: 'meta'
  /** Name of the element. */
  readonly name: string
  /** Name of the header. */
  readonly header: string
  /** Where a new one is to be got. @default none */
  readonly url?: string
  /** The field of that answer that holds it. @default 'token' */
  readonly field?: string
}

/** `csrfEndpoint()`. */
export interface CsrfEndpointData {
  readonly type: 'endpoint'
  /** The endpoint that answers with the token, in JSON. */
  readonly url: string
  /** The field of that answer that holds it. @default 'token' */
  readonly field?: string
  /** Name of the header. */
  readonly header: string
}

/** `csrfResponseHeader()`. */
export interface CsrfResponseHeaderData {
  readonly type: 'response-header'
  /** Name of the header. */
  readonly header: string
}

/** A refresh, by its type. */
export type RefreshData = OAuthRefreshData

/** `oauthRefresh()`, with the key of the strategy's proofs where its placement is `dpop`. */
export interface OAuthRefreshData {
  readonly type: 'oauth'
  /** The absolute https URL of the token endpoint; http for this device only. */
  readonly tokenEndpoint: string
  /** The public client's identifier. It is no secret. */
  readonly clientId: string
  /** Asks for no more than this scope. @default the scope of the credential stays */
  readonly scope?: string
}

/** The cookie's name and attributes. */
export type CookieAttributesData = Readonly<
  JsonOf<Omit<Parameters<typeof cookieStrategy>[0], 'csrf' | 'subjectCookie'>>
>

/** The type as JSON can have it, which has no `undefined`. */
export type JsonOf<T> = { [K in keyof T]: Exclude<T[K], undefined> }
