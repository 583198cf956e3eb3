import type { CredentialRecord } from '../types.js'

/** Why a server refuses a proof that is signed as it should be (RFC 9449 s. 5, 8 and 9). */
export type ProofRefusal = 'use_dpop_nonce' | 'invalid_dpop_proof' | undefined

/** Of an error's code, or of a `WWW-Authenticate`. */
export function refusalIn(text: string): ProofRefusal {
  return /use_dpop_nonce|invalid_dpop_proof/.exec(text)?.[0] as ProofRefusal
}

/** What servers, each by its origin, have said that a proof for them has to hold. */
export interface DpopServers {
  /** Whether this one may refuse the next proof: it has not answered yet, or it wants nonces, which end when it pleases. */
  mayRefuse(url: string): boolean
  /** For the proof that goes with this very request. */
  claimsFor(request: Request): { iat: number; nonce: string | undefined }
  /** Learns from the answer. `true`: the proof was refused, and another one would be made now. */
  learn(
    request: Request,
    response: Response,
    refusal: ProofRefusal,
    credential?: CredentialRecord | undefined,
  ): boolean
}

interface Said {
  readonly nonce: string | undefined
  /** How far its clock is ahead of this device's, in milliseconds. */
  readonly aheadMs: number
}

const NOTHING: Said = { nonce: undefined, aheadMs: 0 }

export function createDpopServers(now: () => number): DpopServers {
  const servers = new Map<string, Said>()
  const proved = new WeakMap<Request, Said>()
  const saidBy = (url: string) => servers.get(new URL(url).origin)

  /**
   * The time is believed of a refusal alone: another answer may be the HTTP cache's, with its date of long ago. Where
   * script may not see it, the token's `iat` stands for it, unless that has just been refused.
   */
  const aheadBy = (
    { status, headers }: Response,
    refusal: ProofRefusal,
    sent: Said,
    of?: CredentialRecord,
  ) => {
    const byDate = Date.parse(headers.get('date') ?? '') - now()
    if (/^40[01]$/.test(`${status}`) && !Number.isNaN(byDate)) return tolerant(byDate)
    if (refusal !== 'invalid_dpop_proof') return undefined
    return sent.aheadMs ? 0 : tolerant(Number(of?.claims?.iat) * 1000 - (of?.receivedAt ?? 0))
  }
  return {
    mayRefuse(url) {
      const said = saidBy(url)
      return !said || said.nonce !== undefined
    },
    claimsFor(request) {
      const said = saidBy(request.url) ?? NOTHING
      proved.set(request, said)
      return { iat: Math.floor((now() + said.aheadMs) / 1000), nonce: said.nonce }
    },
    learn(request, response, refusal, credential) {
      // What is no answer, or a redirect's, which can't be read.
      if (!response.status) return false
      // Where a redirect led to is whose nonce it is; a made-up answer has no URL.
      const url = response.url || request.url
      const [before, sent] = [saidBy(url) ?? NOTHING, proved.get(request) ?? NOTHING]
      const nonce = nonceIn(response) ?? before.nonce
      const aheadMs = aheadBy(response, refusal, sent, credential) ?? before.aheadMs
      servers.set(new URL(url).origin, { nonce, aheadMs })
      const next = saidBy(request.url) ?? NOTHING
      const isOther = next.nonce !== sent.nonce || tolerant(next.aheadMs - sent.aheadMs) !== 0
      return refusal !== undefined && isOther
    },
  }
}

/** RFC 9449 s. 8.1. Two at once, which a browser joins by a comma and a blank, are none. */
function nonceIn({ headers }: Response): string | undefined {
  const nonce = headers.get('dpop-nonce') ?? ''
  return /^[!#-[\]-~]+$/.test(nonce) ? nonce : undefined
}

/** Servers allow for some seconds (RFC 9449 s. 11.1), and dates are whole ones. */
const TOLERANCE_MS = 5000

/** Nothing for nearly nothing, and where nobody knows. */
function tolerant(ms: number): number {
  return Math.abs(ms) > TOLERANCE_MS ? ms : 0
}
