import type { Case } from './case.js'
import { type Finding, finding } from './findings.js'

/** Whether the page can't see the nonce that it is refused without; nor, perhaps, why it is refused. */
export function nonceFindings(
  { nonceResponseHeader: name, page, target }: Case,
  { status, headers }: Response,
): Finding[] {
  if (!name || status !== 401 || page === target.origin || headers.has(name)) return []
  const why = headers.get('www-authenticate') ?? 'use_dpop_nonce'
  return why.includes('use_dpop_nonce') ? [finding('expose-headers', page, name)] : []
}
