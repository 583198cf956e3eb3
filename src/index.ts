export { type AxiosLike, attachToAxios } from './clients/axios.js'
export { install, uninstall } from './clients/install.js'
export { createClient } from './clients/ky.js'
export { type Routable, route } from './clients/route.js'
export type {
  Configuration,
  ConfigurationSettings,
  EnvironmentData,
  JsonObject,
  JsonValue,
} from './config/configuration.js'
export { type ConfigureOptions, configure } from './config/configure.js'
export type {
  BearerData,
  ChainData,
  CookieAttributesData,
  CookieStrategyData,
  CsrfCookieData,
  CsrfData,
  CsrfEndpointData,
  CsrfMetaData,
  CsrfPresetData,
  CsrfResponseHeaderData,
  DpopData,
  EncryptedData,
  HeaderData,
  JsonOf,
  JwtStrategyData,
  MemoryStrategyData,
  OAuthRefreshData,
  PlacementData,
  QueryData,
  RefreshData,
  SessionStrategyData,
  StoreData,
  StrategyData,
  TokenStrategyData,
} from './config/data.js'
export type { ConfigurationFault } from './config/faults.js'
export {
  isLatchkeyError,
  LatchkeyError,
  type LatchkeyErrorCode,
  type LatchkeyErrorDetails,
} from './errors.js'
export { createLatchkey, type Latchkey, type LatchkeyOptions } from './latchkey.js'
export { bearer } from './placements/bearer.js'
export type { Csrf, CsrfUse } from './placements/csrf.js'
export { type CsrfCookieOptions, csrfCookie } from './placements/csrf-cookie.js'
export { type CsrfEndpointOptions, csrfEndpoint } from './placements/csrf-endpoint.js'
export { type CsrfMetaOptions, csrfMeta } from './placements/csrf-meta.js'
export { type CsrfResponseHeaderOptions, csrfResponseHeader } from './placements/csrf-response-header.js'
export { type DpopOptions, dpop } from './placements/dpop.js'
export { header } from './placements/header.js'
export {
  angular,
  aspnet,
  type CookiePreset,
  type CsrfPreset,
  django,
  type EndpointPreset,
  express,
  fastify,
  laravel,
  rails,
  spring,
} from './placements/presets.js'
export { query } from './placements/query.js'
export type { IsRefusal } from './placements/refusal.js'
export type { Diagnose, Finding, FindingCode } from './request/diagnose/diagnose.js'
export type {
  EventSourceErrorEvent,
  EventSourceOptions,
  OpenEventSource,
} from './request/event-source.js'
export { type OAuthRefreshOptions, oauthRefresh } from './request/oauth-refresh.js'
export type { OpenWebSocket, TicketContext, WebSocketOptions } from './request/web-socket.js'
export type { CookieAttributes } from './stores/cookie.js'
export { type CookieOptions, cookieStrategy } from './strategies/cookie.js'
export { defineStrategy } from './strategies/define.js'
export { encrypted } from './strategies/encrypted.js'
export type { StrategyParts } from './strategies/join.js'
export { type JwtOptions, jwtStrategy } from './strategies/jwt.js'
export { type MemoryOptions, memoryStrategy } from './strategies/memory.js'
export { type SessionOptions, sessionStrategy } from './strategies/session.js'
export { storeChain } from './strategies/store-chain.js'
export type { ChainedStore } from './strategies/store-of.js'
export { type TokenOptions, tokenStrategy } from './strategies/token.js'
export type {
  Ask,
  AttachContext,
  Capabilities,
  Claims,
  CredentialRecord,
  DpopPlacement,
  Exchange,
  LatchkeyEvent,
  LatchkeyState,
  Listener,
  ListenerOptions,
  Needs,
  Place,
  Placement,
  Probe,
  Refresh,
  SessionResponse,
  SignOutReason,
  Status,
  Store,
  Strategy,
  StrategyContext,
  TokenResponse,
} from './types.js'
