import type { Case } from './case.js'
import { type Finding, finding } from './findings.js'
import { hasCookie, isSameSite, mayUseCookies, sharedDomain } from './site.js'

/** What would keep a CSRF token from being read or sent, where the answer itself could be read. */
export async function csrfFindings(
  { headers = [], csrfCookie, csrfResponseHeader, page, ask, plain, target }: Case,
  answer: Response,
  { credentials }: Request,
): Promise<Finding[]> {
  const found: Finding[] = []
  // Within an origin there is no preflight.
  for (const name of page === target.origin ? [] : headers) {
    const tried = await ask(plain({ credentials, headers: { [name]: 'latchkey-diagnose' } }))
    if (!tried) found.push(finding('allow-headers', page, name))
  }
  if (csrfResponseHeader && !answer.headers.has(csrfResponseHeader))
    found.push(finding('expose-headers', page, csrfResponseHeader))
  if (csrfCookie && !hasCookie(csrfCookie) && (await mayUseCookies()))
    found.push(finding('csrf-cookie', csrfCookie, csrfRemedy(target)))
  return found
}

function csrfRemedy(target: URL): string {
  const own = String(globalThis.location?.hostname)
  if (target.hostname === own)
    return 'the server has not set it yet, or has set it with "HttpOnly", or its "Path" is not above the page’s.'
  const domain = isSameSite(target.origin) === false ? undefined : sharedDomain(own, target.hostname)
  if (!domain)
    return `no page of another site is shown a cookie of ${target.hostname}. Take csrfEndpoint() instead.`
  return `the page is on another host than ${target.hostname}. Set it with "Domain=${domain}" and without "HttpOnly", or take csrfEndpoint() instead.`
}
