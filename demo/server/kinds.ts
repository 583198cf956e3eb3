import { type AccessTokens, jwts, opaqueTokens } from './access-tokens.js'
import { type Grant, type Grants, REFRESH_LIFE_SECONDS } from './grants.js'
import type { Kind } from './kind.js'
import { sessionKind } from './session-kind.js'
import { bearer, cookie, header, query, type Source, tokenKind } from './token-kind.js'

/** So short that whoever looks on sees it refreshed. */
const SHORT_LIFE_SECONDS = 20

export interface Kinds {
  readonly all: ReadonlyMap<string, Kind>
  /** What a sign-in and a refresh answer (RFC 6749 s. 5.1). */
  tokenResponse(grant: Grant): Promise<object>
}

export function createKinds(grants: Grants): Kinds {
  const opaque = opaqueTokens(grants)
  const special: Readonly<Record<string, AccessTokens>> = {
    jwt: jwts(grants),
    'short-jwt': jwts(grants, SHORT_LIFE_SECONDS),
    'day-token': opaqueTokens(grants, REFRESH_LIFE_SECONDS),
  }
  const tokensOf = (name: string) => special[name] ?? opaque
  const tokenResponse = async (grant: Grant) => {
    const tokens = tokensOf(grant.kind)
    // One that lives as long as its sign-in needs no other after it.
    const isLast = tokens.lifeSeconds >= REFRESH_LIFE_SECONDS
    return {
      access_token: await tokens.issue(grant),
      token_type: 'Bearer',
      expires_in: tokens.lifeSeconds,
      ...(isLast ? {} : { refresh_token: grants.refreshToken(grant) }),
    }
  }
  const entry = (name: string, source: Source): [string, Kind] => [
    name,
    tokenKind({ name, source, tokens: tokensOf(name), grants, tokenResponse }),
  ]
  const all = new Map([
    ['session', sessionKind],
    entry('cookie', cookie),
    entry('jwt', bearer),
    entry('short-jwt', bearer),
    entry('token', bearer),
    entry('day-token', bearer),
    entry('token-header', header),
    entry('token-query', query),
  ])
  return { all, tokenResponse }
}
