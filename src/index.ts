export { createClient } from './clients/ky.js'
export {
  isLatchkeyError,
  LatchkeyError,
  type LatchkeyErrorCode,
  type LatchkeyErrorDetails,
} from './errors.js'
export { createLatchkey, type Latchkey, type LatchkeyOptions } from './latchkey.js'
export { bearer } from './placements/bearer.js'
export { type Csrf, csrfCookie } from './placements/csrf.js'
export { header } from './placements/header.js'
export { query } from './placements/query.js'
export type { Diagnose, Finding, FindingCode } from './request/diagnose.js'
export { type OAuthRefreshOptions, oauthRefresh } from './request/oauth-refresh.js'
export type { CookieAttributes } from './stores/cookie.js'
export { cookieStrategy } from './strategies/cookie.js'
export { defineStrategy } from './strategies/define.js'
export type { StrategyParts } from './strategies/join.js'
export { jwtStrategy } from './strategies/jwt.js'
export { memoryStrategy } from './strategies/memory.js'
export { sessionStrategy } from './strategies/session.js'
export { type ChainedStore, storeChain } from './strategies/store-chain.js'
export { tokenStrategy } from './strategies/token.js'
export type {
  Capabilities,
  Claims,
  CredentialRecord,
  LatchkeyEvent,
  LatchkeyState,
  Listener,
  Place,
  Placement,
  Refresh,
  SessionResponse,
  SignOutReason,
  Status,
  Store,
  Strategy,
  StrategyContext,
  TokenResponse,
} from './types.js'
