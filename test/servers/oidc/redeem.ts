import { clientId } from './provider.js'

export interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  /** Of RFC 9449 s. 8. */
  readonly nonce: string | undefined
}

/** Redeems a grant at the provider: the form of RFC 6749 s. 6 or s. 4.1.3, and the proof that came with it. */
export type Redeem = (form: URLSearchParams, proof?: string | undefined) => Promise<Answer>

export function refreshForm(refresh_token: string): URLSearchParams {
  return new URLSearchParams({ grant_type: 'refresh_token', client_id: clientId, refresh_token })
}

function postTo(endpoint: string, front: string): Redeem {
  const { host } = new URL(front)
  return async (body, proof) => {
    const headers = { 'X-Forwarded-Host': host, ...(proof === undefined ? {} : { DPoP: proof }) }
    const response = await fetch(endpoint, { method: 'POST', body, headers })
    const nonce = response.headers.get('DPoP-Nonce') ?? undefined
    return { status: response.status, body: Object(await response.json()), nonce }
  }
}

/** With a grace window, a spent token is given the very answer that its first use was given. */
export function withGrace(redeem: Redeem, graceSeconds: number): Redeem {
  const given = new Map<string, { answer: Answer; until: number }>()
  return async (form, proof) => {
    const token = form.get('refresh_token') ?? ''
    const before = given.get(token)
    if (before && Date.now() < before.until) return before.answer
    const answer = await redeem(form, proof)
    if (answer.status === 200) given.set(token, { answer, until: Date.now() + graceSeconds * 1000 })
    return answer
  }
}

/** One after another: the provider looks first and consumes later, so of two at once it would let both in. */
export function inTurn(redeem: Redeem): Redeem {
  let last: Promise<unknown> = Promise.resolve()
  return (form, proof) => {
    const answer = last.then(() => redeem(form, proof))
    last = answer.catch(() => undefined)
    return answer
  }
}

/** @param front the origin that is asked in place of the provider's own */
export function redeemer(endpoint: string, front: string, graceSeconds: number): Redeem {
  return inTurn(withGrace(postTo(endpoint, front), graceSeconds))
}
