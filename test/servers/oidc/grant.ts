import { clientId, type Issuer, scope } from './provider.js'

/** The first refresh token of a new grant, as if the user had signed in and agreed on a page. */
export async function newRefreshToken({ provider, audience }: Issuer, sub: string): Promise<string> {
  const client = await provider.Client.find(clientId)
  if (!client) throw new Error(`there is no client ${clientId}`)
  const grant = new provider.Grant({ accountId: sub, clientId })
  grant.addOIDCScope(scope)
  grant.addResourceScope(audience, 'api')
  const grantId = await grant.save()
  const rest = { accountId: sub, grantId, scope, resource: audience, gty: 'authorization_code' }
  return new provider.RefreshToken({ client, ...rest }).save()
}
