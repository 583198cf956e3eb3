import type { Request } from 'express'
import type { AccessTokens } from './access-tokens.js'
import { cookieOf } from './cookies.js'
import type { Grant, Grants } from './grants.js'
import { type Kind, unauthorized } from './kind.js'
import type { Proofs } from './proofs.js'
import { badProof, refusedAs } from './refusal.js'

/** Where in a request a token is looked for. */
export interface Source {
  /** The scheme of the `WWW-Authenticate` header (RFC 9110 s. 11.6.1). */
  readonly scheme: string
  readonly sentByBrowser: boolean
  /** Whether each request has to prove that its sender holds the key that the token is bound to. */
  readonly isBound?: boolean
  read(request: Request): string | undefined
}

export const bearer: Source = {
  scheme: 'Bearer',
  sentByBrowser: false,
  read: (request) => /^Bearer +(\S+)$/i.exec(request.get('Authorization') ?? '')?.[1],
}

export const dpop: Source = {
  scheme: 'DPoP',
  sentByBrowser: false,
  isBound: true,
  read: (request) => /^DPoP +(\S+)$/i.exec(request.get('Authorization') ?? '')?.[1],
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

export const cookieNamed = (name: string): Source => ({
  scheme: 'Cookie',
  sentByBrowser: true,
  read: (request) => cookieOf(request, name),
})

export interface TokenKindParts {
  readonly name: string
  readonly source: Source
  readonly tokens: AccessTokens
  readonly grants: Grants
  readonly proofs: Proofs
  tokenResponse(grant: Grant): Promise<object>
}

export function tokenKind(parts: TokenKindParts): Kind {
  const { name, source, tokens, grants, proofs } = parts
  return {
    sentByBrowser: source.sentByBrowser,
    async signIn(request, user) {
      const jkt = source.isBound ? await proofs.check(request).catch(refusedAs(badProof)) : undefined
      return parts.tokenResponse(await grants.start(name, user, jkt))
    },
    recognise: async (request) => (await grantOf(request, parts)).name,
    async signOut(request) {
      await grants.end(await grantOf(request, parts))
      await tokens.forget(source.read(request) ?? '')
    },
    async expire(request) {
      await grantOf(request, parts)
      await tokens.expire(source.read(request) ?? '')
    },
  }
}

async function grantOf(request: Request, parts: TokenKindParts): Promise<Grant> {
  const { name, source, tokens } = parts
  const token = source.read(request)
  if (!token) throw unauthorized(source.scheme, 'no_credential', 'The request carried no credential')
  const refuse = (message: string) => unauthorized(source.scheme, 'invalid_token', message)
  const grant = await tokens.verify(token).catch(refusedAs(refuse))
  if (grant.kind !== name) throw refuse('This token was given out for another strategy')
  if (source.isBound && (await provedBy(request, token, parts)) !== grant.jkt)
    throw refuse('This token is bound to another key')
  return grant
}

/** RFC 9449 s. 7.1. */
function provedBy(request: Request, token: string, { source, proofs }: TokenKindParts): Promise<string> {
  const refuse = (message: string) => unauthorized(source.scheme, 'invalid_dpop_proof', message)
  return proofs.check(request, token).catch(refusedAs(refuse))
}
