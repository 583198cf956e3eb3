import { ACCESS_LIFE_SECONDS, jwts, opaqueTokens } from './access-tokens.js'
import type { Grant, Grants } from './grants.js'
import type { Kind } from './kind.js'
import { sessionKind } from './session-kind.js'
import { bearer, cookie, header, query, type Source, tokenKind } from './token-kind.js'

export interface Kinds {
  readonly all: ReadonlyMap<string, Kind>
  /** What a sign-in and a refresh answer (RFC 6749 s. 5.1). */
  tokenResponse(grant: Grant): Promise<object>
}

export function createKinds(grants: Grants): Kinds {
  const [opaque, signed] = [opaqueTokens(grants), jwts(grants)]
  const tokensOf = (name: string) => (name === 'jwt' ? signed : opaque)
  const tokenResponse = async (grant: Grant) => ({
    access_token: await tokensOf(grant.kind).issue(grant),
    token_type: 'Bearer',
    expires_in: ACCESS_LIFE_SECONDS,
    refresh_token: grants.refreshToken(grant),
  })
  const entry = (name: string, source: Source): [string, Kind] => [
    name,
    tokenKind({ name, source, tokens: tokensOf(name), grants, tokenResponse }),
  ]
  const all = new Map([
    ['session', sessionKind],
    entry('cookie', cookie),
    entry('jwt', bearer),
    entry('token', bearer),
    entry('token-header', header),
    entry('token-query', query),
  ])
  return { all, tokenResponse }
}
