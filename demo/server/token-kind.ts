import type { Request } from 'express'
import type { AccessTokens } from './access-tokens.js'
import { cookieOf } from './cookies.js'
import type { Grant, Grants } from './grants.js'
import { type Kind, unauthorized } from './kind.js'

/** Where in a request a token is looked for. */
export interface Source {
  /** The scheme of the `WWW-Authenticate` header (RFC 9110 s. 11.6.1). */
  readonly scheme: string
  readonly sentByBrowser: boolean
  read(request: Request): string | undefined
}

export const bearer: Source = {
  scheme: 'Bearer',
  sentByBrowser: false,
  read: (request) => /^Bearer +(\S+)$/i.exec(request.get('Authorization') ?? '')?.[1],
}

export const header: Source = {
  scheme: 'X-Auth-Token',
  sentByBrowser: false,
  read: (request) => request.get('X-Auth-Token'),
}

export const query: Source = {
  scheme: 'Bearer',
  sentByBrowser: false,
  read: ({ query: { access_token } }) => (typeof access_token === 'string' ? access_token : undefined),
}

export const cookie: Source = {
  scheme: 'Cookie',
  sentByBrowser: true,
  read: (request) => cookieOf(request, 'demo_token'),
}

export interface TokenKindParts {
  readonly name: string
  readonly source: Source
  readonly tokens: AccessTokens
  readonly grants: Grants
  tokenResponse(grant: Grant): Promise<object>
}

export function tokenKind(parts: TokenKindParts): Kind {
  const { name, source, grants } = parts
  return {
    sentByBrowser: source.sentByBrowser,
    signIn: async (_request, user) => parts.tokenResponse(grants.start(name, user)),
    recognise: async (request) => (await grantOf(request, parts)).name,
    signOut: async (request) => grants.end((await grantOf(request, parts)).id),
  }
}

async function grantOf(request: Request, { name, source, tokens }: TokenKindParts): Promise<Grant> {
  const token = source.read(request)
  if (!token) throw unauthorized(source.scheme, 'no_credential', 'The request carried no credential')
  const grant = await tokens.verify(token).catch(({ message }: Error) => {
    throw unauthorized(source.scheme, 'invalid_token', message)
  })
  if (grant.kind === name) return grant
  throw unauthorized(source.scheme, 'invalid_token', 'This token was given out for another strategy')
}
