import { own } from '../options.js'
import type { Claims, Probe } from '../types.js'

/**
 * Asks an endpoint that says who is signed in. 401, or JSON's `null` or `{}`, is nobody; another object is somebody, and
 * its fields are the claims. All else (an error, a redirect, a page of HTML) says nothing.
 */
export function probeAt(url: string): Probe {
  return async ({ fetch }) => {
    const response = await fetch(url)
    const { ok, status } = response
    if (status === 401) return null
    const answer: unknown = ok ? await response.json() : undefined
    if (answer === null) return null
    if (typeof answer !== 'object' || Array.isArray(answer))
      throw new Error(`the probe was answered ${status} and no JSON object`)
    const claims: Claims = own(answer as Claims)
    // What some servers say of nobody.
    if (Object.keys(claims).length === 0) return null
    const { expires_in } = claims
    return typeof expires_in === 'number' ? { claims, expires_in } : { claims }
  }
}
