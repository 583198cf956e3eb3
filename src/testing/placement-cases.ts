import type { AttachContext, CredentialRecord, Strategy } from '../types.js'
import { type Body, expected } from './contract.js'

type AnyStrategy = Strategy<never>
type Credentials = (strategy: AnyStrategy) => readonly [CredentialRecord, CredentialRecord]

const ADDRESS = 'https://api.example.com/contract?page=1'
const HEADERS = { 'X-Kept': 'yes' }

/** Nobody is asked: what has to ask first has nothing to attach. */
const RESEND: AttachContext = {
  isResend: true,
  ask: async () => Response.error(),
  timeoutSeconds: 1,
  tell() {},
}

const get = () => new Request(ADDRESS, { headers: HEADERS })
const post = () => new Request(ADDRESS, { headers: HEADERS, method: 'POST', body: 'the body' })

/** All of a request that a placement may write on, but for a proof, which is never the same (RFC 9449 s. 4.2). */
function written({ method, url, headers }: Request): string {
  return JSON.stringify([method, url, ...[...headers].filter(([name]) => name !== 'dpop')])
}

/** Sent by the browser, a credential leaves no trace on the request. */
const leavesTrace = ({ capabilities }: AnyStrategy) => capabilities.sentBy === 'script'

/** How an attached credential looks on the request, and how a strategy treats what is already there. */
export function placementCases(credentials: Credentials): Record<string, Body<AnyStrategy>> {
  return {
    'without a credential a request is not touched': async (strategy) => {
      const request = get()
      const attached = await strategy.attach(request, undefined)
      expected(written(request) === written(get()), 'an untouched request')
      if (leavesTrace(strategy)) expected(attached === undefined, 'undefined: there was nothing to attach')
      else expected(attached && written(attached) === written(get()), 'a request without any trace')
    },
    'a credential is attached, and nothing else is changed': async (strategy) => {
      const [first] = credentials(strategy)
      const attached = await strategy.attach(post(), first)
      expected(attached, 'a request to send')
      expected((written(attached) !== written(post())) === leavesTrace(strategy), 'a trace if sent by script')
      expected(attached.headers.get('X-Kept') === 'yes', 'the headers to be kept')
      expected(attached.method === 'POST' && (await attached.text()) === 'the body', 'method and body')
    },
    'what the caller attached is never overwritten': async (strategy) => {
      const [first, second] = credentials(strategy)
      const callers = await strategy.attach(get(), first)
      expected(callers, 'a request to send')
      const before = written(callers)
      const attached = await strategy.attach(new Request(callers), second)
      expected(written(attached ?? callers) === before, 'the caller’s own to stay')
    },
    'what it attached itself is replaced when a request is sent again': async (strategy) => {
      const [first, second] = credentials(strategy)
      const request = get()
      await strategy.attach(request, first)
      const [again, fresh] = [
        await strategy.attach(request, second, RESEND),
        await strategy.attach(get(), second),
      ]
      expected(again && fresh && written(again) === written(fresh), 'the second credential alone')
    },
  }
}
