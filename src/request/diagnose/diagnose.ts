import { isLoopback, must, own } from '../../options.js'
import type { CredentialRecord } from '../../types.js'
import { ownOrigin } from '../origins.js'
import { resolved } from '../resolved.js'
import type { Case, DiagnoseOptions } from './case.js'
import { cookieFindings } from './cookie-findings.js'
import { csrfFindings } from './csrf-findings.js'
import { type Finding, finding } from './findings.js'
import { nonceFindings } from './nonce-findings.js'
import { createTrial, get, policed } from './trial.js'

export type { Finding, FindingCode } from './findings.js'
export { fingerprintOf } from './fingerprint.js'

/**
 * Says what keeps the credential from arriving at a URL, or its answer from being read: the response header or the
 * cookie's attribute that is missing. An empty list says that nothing was found, not that nothing is wrong: where a page
 * can't tell two causes apart, a finding names both. It takes `refreshTimeoutSeconds` at most, after the stored
 * credential was looked up.
 *
 * The URL is asked several times, by GET alone, with the credential where `fetch` would send it; nothing is sent where
 * it is not allowed, but for a redirect of a last request without credential. It changes no state and renews nothing. It is loaded when first called: for development and support.
 *
 * @throws TypeError if the URL can't be parsed or has a password
 * @throws {@link LatchkeyError} `ERR_DISPOSED`
 */
export type Diagnose = (url: string | URL) => Promise<Finding[]>

export async function diagnose(url: string | URL, options: DiagnoseOptions): Promise<Finding[]> {
  const target = parsed(url)
  const { origins, fetch, refreshTimeoutSeconds, session, endpoints = [] } = options
  await session.ready
  session.check()
  if (!origins.allows(target.href)) return [finding('not-allowed', target.origin)]
  const page = ownOrigin()
  if (page.startsWith('https:') && target.protocol === 'http:' && !isLoopback(target.hostname))
    return [finding('mixed-content', target.origin)]

  const asked = endpoints.map((one) => resolved(one))
  const strangers = new Set(asked.filter(({ href }) => !origins.allows(href)).map(({ origin }) => origin))
  const found = [...strangers].map((origin) => finding('not-allowed', origin))
  const signal = AbortSignal.timeout(refreshTimeoutSeconds * 1000)
  const plain = (init?: RequestInit) => get(target.href, signal, init)
  const aCase = own({ ...options, target, page, plain, ask: createTrial(fetch, signal) })
  try {
    return [...found, ...(await examined(aCase, session.current()))]
  } catch (error) {
    if (!signal.aborted) throw error
    return [...found, finding('timed-out', target.origin, String(refreshTimeoutSeconds))]
  }
}

function parsed(url: string | URL): URL {
  const target = resolved(url)
  must('url', !target.username && !target.password, 'have no user name and no password')
  return target
}

/** Stands for a credential, so that the headers which would carry one are tried. */
const NOBODY: CredentialRecord = Object.freeze(own({ access_token: 'latchkey-diagnose', receivedAt: 0 }))

async function examined(asked: Case, credential: CredentialRecord | undefined): Promise<Finding[]> {
  const { ask, plain, target, isAuthFailure } = asked
  const strategy = asked.strategyOf(credential)
  const { sentBy } = strategy.capabilities
  const attached = async () => strategy.attach(plain(), credential ?? NOBODY)
  const carrier = (await attached().catch(() => undefined)) ?? plain()
  const [answer, isForbidden] = await policed(target.origin, () => ask(carrier))
  if (isForbidden) return [finding('content-security-policy', target.origin)]
  if (!answer) return [await whyUnreadable(asked, carrier)]

  const isRedirect = answer.type === 'opaqueredirect'
  const found = isRedirect ? [finding('redirected')] : await csrfFindings(asked, answer, carrier)
  found.push(...nonceFindings(asked, answer))
  if (!isRedirect && !isAuthFailure(answer)) return found
  if (sentBy === 'browser') return [...found, ...(await cookieFindings(asked, credential, isRedirect))]
  return credential && !isRedirect ? [...found, finding('credential-refused')] : found
}

/** A failed fetch says nothing of why: what works when something is left out says it. */
async function whyUnreadable(
  { ask, plain, page, target }: Case,
  { headers, credentials }: Request,
): Promise<Finding> {
  const names = [...headers.keys()].join(', ')
  if (page === target.origin) return finding('unreachable', target.origin)
  if (names && (await ask(plain({ credentials })))) return finding('allow-headers', page, names)
  if (credentials === 'include' && (await ask(plain({ credentials: 'omit' }))))
    return finding('allow-credentials', page)
  // This mode reads nothing, and follows redirects (Fetch s. 4.1), but it fails where nothing comes at all.
  const reached = await ask(plain({ mode: 'no-cors', redirect: 'follow', credentials: 'omit' }))
  return reached ? finding('allow-origin', page) : finding('unreachable', target.origin)
}
