import type { CredentialRecord } from '../types.js'
import type { Case } from './case.js'
import { type Finding, finding } from './findings.js'
import { embedder, isSameSite } from './site.js'

/** Why the server may not have got the session's cookie. */
export async function cookieFindings(
  { page, target }: Case,
  credential: CredentialRecord | undefined,
  isRedirect: boolean,
): Promise<Finding[]> {
  if (!(await mayUseCookies())) return [finding('storage-access', page)]
  // Whoever is not signed in has no cookie to miss.
  if (!credential) return []
  const isOne = isOneSite(target)
  if (isOne) return isRedirect ? [] : [finding('cookie-refused', page, target.host)]
  const certainty = isOne === false ? 'is' : 'may be'
  const scheme = target.protocol === 'http:' ? ', and over https' : ''
  return [finding('cookie-cross-site', page, target.host, certainty, scheme)]
}

/** Whether this page has the cookies of its own site: at the top always. A worker can't ask, nor a page that is left. */
async function mayUseCookies(): Promise<boolean> {
  try {
    return await document.hasStorageAccess()
  } catch {
    return true
  }
}

/** SameSite goes by the page at the top as well. */
function isOneSite(target: URL): boolean | undefined {
  const sites = [target, embedder() ?? target].map(isSameSite)
  return sites.includes(false) ? false : sites.every(Boolean) || undefined
}
