import { randomBytes } from 'node:crypto'
import { exportJWK, generateKeyPair } from 'jose'
import { type Configuration, Provider } from 'oidc-provider'
import { adapters } from './adapter.js'

export const clientId = 'web'
export const scope = 'api offline_access'

export interface TokenOptions {
  /** Life of an access token. Its end is a whole second, so it may live up to a second less. @default 1 */
  accessTokenSeconds?: number | undefined
  /** @default 'jwt' */
  accessTokenFormat?: 'jwt' | 'opaque' | undefined
  /** Binds tokens to keys, if asked to: with nonces, which the token endpoint demands, or by the clock alone. @default it can't */
  dpop?: 'nonce' | 'clock' | undefined
}

export interface Issuer {
  readonly provider: Provider
  readonly issuer: string
  /** The resource that the access tokens are for: their audience. */
  readonly audience: string
}

async function signingKey() {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig' }
}

const client = (issuer: string) => ({
  client_id: clientId,
  token_endpoint_auth_method: 'none' as const,
  grant_types: ['authorization_code', 'refresh_token'],
  redirect_uris: [`${issuer}/page`],
})

function resources(audience: string, options: TokenOptions) {
  const { accessTokenSeconds = 1, accessTokenFormat = 'jwt' } = options
  return {
    enabled: true,
    defaultResource: () => audience,
    useGrantedResource: () => true,
    getResourceServerInfo: () => ({
      scope: 'api',
      audience,
      accessTokenTTL: accessTokenSeconds,
      accessTokenFormat,
      jwt: { sign: { alg: 'RS256' as const } },
    }),
  }
}

function dPoP(nonce: TokenOptions['dpop']) {
  const nonceSecret = nonce === 'nonce' ? randomBytes(32) : undefined
  return { enabled: nonce !== undefined, nonceSecret, requireNonce: () => nonceSecret !== undefined }
}

/** A certified OpenID provider that rotates always and takes a refresh token's second use for a theft. */
export async function createIssuer(issuer: string, options: TokenOptions): Promise<Issuer> {
  const audience = `${issuer}/api`
  const configuration: Configuration = {
    adapter: adapters(),
    clients: [client(issuer)],
    jwks: { keys: [await signingKey()] },
    cookies: { keys: [crypto.randomUUID()] },
    scopes: ['openid', 'offline_access', 'api'],
    rotateRefreshToken: true,
    // By default a token lives 15 s longer than it says, and no test would see one expire.
    clockTolerance: 0,
    ttl: { AccessToken: options.accessTokenSeconds ?? 1, RefreshToken: 86_400, Grant: 86_400 },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: resources(audience, options),
      dPoP: dPoP(options.dpop),
    },
  }
  const provider = new Provider(issuer, configuration)
  // It is asked in front, and that is the address which proofs are for.
  provider.proxy = true
  return { provider, issuer, audience }
}
