import type { CredentialRecord } from '../../types.js'
import type { Case } from './case.js'
import { type Finding, finding } from './findings.js'
import { embedders, isSameSite, mayUseCookies } from './site.js'

/** Why the server may not have got the session's cookie. */
export async function cookieFindings(
  { page, target }: Case,
  credential: CredentialRecord | undefined,
  isRedirect: boolean,
): Promise<Finding[]> {
  if (!(await mayUseCookies())) return [finding('storage-access', page)]
  // Whoever is not signed in has no cookie to miss.
  if (!credential) return []
  const sites = [target.origin, ...embedders()].map((origin) => [origin, isSameSite(origin)] as const)
  // SameSite goes by the pages above this one as well.
  const [origin, isOne] =
    sites.find(([, isOne]) => isOne === false) ?? sites.find(([, isOne]) => !isOne) ?? []
  if (!origin) return isRedirect ? [] : [finding('cookie-refused', page, target.hostname)]
  const role = origin === target.origin ? '' : ', which embeds this page,'
  const certainty = isOne === false ? 'is' : 'may be'
  const scheme = target.protocol === 'http:' ? ' (and so over https)' : ''
  return [finding('cookie-cross-site', page, origin + role, certainty, scheme)]
}
