import { clientId, type Issuer, scope } from './provider.js'

/** What an app asks of the authorization endpoint: RFC 7636 s. 4.3, RFC 9449 s. 10. */
export interface Asking {
  readonly sub?: string | undefined
  readonly code_challenge: string
  readonly dpop_jkt?: string | undefined
}

/** An authorization code, as if the user had signed in and agreed on a page. */
export type Agree = (asking: Asking) => Promise<string>

async function granted({ provider, audience }: Issuer, sub: string) {
  const client = await provider.Client.find(clientId)
  if (!client) throw new Error(`there is no client ${clientId}`)
  const grant = new provider.Grant({ accountId: sub, clientId })
  grant.addOIDCScope(scope)
  grant.addResourceScope(audience, 'api')
  return {
    client,
    accountId: sub,
    grantId: await grant.save(),
    scope,
    resource: audience,
    gty: 'authorization_code',
  }
}

/** The first refresh token of a new grant: nobody's key is asked for. */
export async function newRefreshToken(issuer: Issuer, sub: string): Promise<string> {
  return new issuer.provider.RefreshToken(await granted(issuer, sub)).save()
}

export function agreeAt(issuer: Issuer): Agree {
  return async ({ sub = 'user-1', code_challenge: codeChallenge, dpop_jkt: dpopJkt }) => {
    const asked = {
      codeChallenge,
      codeChallengeMethod: 'S256',
      dpopJkt,
      redirectUri: `${issuer.issuer}/page`,
    }
    const grant = await granted(issuer, sub)
    return new issuer.provider.AuthorizationCode({ ...grant, ...asked }).save()
  }
}
