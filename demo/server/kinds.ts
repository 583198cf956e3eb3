import { type AccessTokens, jwts, opaqueTokens } from './access-tokens.js'
import type { Grant, Grants } from './grants.js'
import type { Kind } from './kind.js'
import type { Proofs } from './proofs.js'
import { sessionKind } from './session-kind.js'
import { SESSION_COOKIE } from './sessions.js'
import { ACCESS_LIFE_SECONDS, REFRESH_LIFE_SECONDS, type Tables } from './tables.js'
import { bearer, cookieNamed, dpop, header, query, type Source, tokenKind } from './token-kind.js'

/** So short that whoever looks on sees it refreshed. */
const SHORT_LIFE_SECONDS = 20

export interface Kinds {
  readonly all: ReadonlyMap<string, Kind>
  /** What a sign-in and a refresh answer (RFC 6749 s. 5.1). */
  tokenResponse(grant: Grant): Promise<object>
}

export interface KindsParts {
  readonly grants: Grants
  readonly tables: Tables
  /** Signs the JWTs. */
  readonly key: Uint8Array
  readonly proofs: Proofs
}

export function createKinds(parts: KindsParts): Kinds {
  const { grants, proofs } = parts
  const tokensOf = accessTokens(parts)
  const tokenResponse = tokenResponses(grants, tokensOf)
  const entry = (name: string, source: Source): [string, Kind] => [
    name,
    tokenKind({ name, source, tokens: tokensOf(name), grants, proofs, tokenResponse }),
  ]
  const all = new Map([
    ['session', sessionKind(SESSION_COOKIE)],
    entry('cookie', cookieNamed('demo_token')),
    // A cookie is one for the whole page: the section *Attacks* has its own.
    ['victim-session', sessionKind('victim_sid')],
    entry('victim-cookie', cookieNamed('victim_token')),
    entry('jwt', bearer),
    entry('short-jwt', bearer),
    entry('bare-jwt', bearer),
    entry('token', bearer),
    entry('day-token', bearer),
    entry('token-header', header),
    entry('token-query', query),
    entry('dpop', dpop),
  ])
  return { all, tokenResponse }
}

type TokensOf = (kind: string) => AccessTokens

function accessTokens({ grants, tables, key }: KindsParts): TokensOf {
  const { tokenHashes, dayTokenHashes, expired } = tables
  const { isGood } = grants
  const jwtsFor = (lifeSeconds: number) => jwts({ key, lifeSeconds, expired, isGood })
  const opaque = opaqueTokens(tokenHashes, grants, ACCESS_LIFE_SECONDS)
  const special: Readonly<Record<string, AccessTokens>> = {
    jwt: jwtsFor(ACCESS_LIFE_SECONDS),
    'short-jwt': jwtsFor(SHORT_LIFE_SECONDS),
    // Nobody looks whether it was signed out, or anything else, so it is good until it ends.
    'bare-jwt': jwts({ key, lifeSeconds: ACCESS_LIFE_SECONDS, isGood: async () => true }),
    dpop: jwtsFor(ACCESS_LIFE_SECONDS),
    'day-token': opaqueTokens(dayTokenHashes, grants, REFRESH_LIFE_SECONDS),
  }
  return (kind) => special[kind] ?? opaque
}

function tokenResponses(grants: Grants, tokensOf: TokensOf): Kinds['tokenResponse'] {
  return async (grant) => {
    const tokens = tokensOf(grant.kind)
    // One that lives as long as its sign-in needs no other after it.
    const isLast = tokens.lifeSeconds >= REFRESH_LIFE_SECONDS
    return {
      access_token: await tokens.issue(grant),
      token_type: grant.jkt ? 'DPoP' : 'Bearer',
      expires_in: tokens.lifeSeconds,
      ...(isLast ? {} : { refresh_token: await grants.refreshToken(grant) }),
    }
  }
}
