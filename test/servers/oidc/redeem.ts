import { clientId } from './provider.js'

export interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** Redeems a refresh token at the provider: the form of RFC 6749 s. 6. */
export type Redeem = (form: URLSearchParams) => Promise<Answer>

export function refreshForm(refresh_token: string): URLSearchParams {
  return new URLSearchParams({ grant_type: 'refresh_token', client_id: clientId, refresh_token })
}

async function post(endpoint: string, body: URLSearchParams): Promise<Answer> {
  const response = await fetch(endpoint, { method: 'POST', body })
  return { status: response.status, body: Object(await response.json()) }
}

/** With a grace window, a spent token is given the very answer that its first use was given. */
function withGrace(redeem: Redeem, graceSeconds: number): Redeem {
  const given = new Map<string, { answer: Answer; until: number }>()
  return async (form) => {
    const token = form.get('refresh_token') ?? ''
    const before = given.get(token)
    if (before && Date.now() < before.until) return before.answer
    const answer = await redeem(form)
    if (answer.status === 200) given.set(token, { answer, until: Date.now() + graceSeconds * 1000 })
    return answer
  }
}

/** One after another: the provider looks first and consumes later, so of two at once it would let both in. */
function inTurn(redeem: Redeem): Redeem {
  let last: Promise<unknown> = Promise.resolve()
  return (form) => {
    const answer = last.then(() => redeem(form))
    last = answer.catch(() => undefined)
    return answer
  }
}

export function redeemer(endpoint: string, graceSeconds: number): Redeem {
  return inTurn(withGrace((form) => post(endpoint, form), graceSeconds))
}
