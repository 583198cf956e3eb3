import { own } from '../../options.js'
import { unlessAborted } from '../../unless-aborted.js'

/** Sends one request; `undefined` where fetch fails, which is all that it says. Rejects when the time is over. */
export type Trial = (request: Request) => Promise<Response | undefined>

export function createTrial(fetch: (request: Request) => Promise<Response>, signal: AbortSignal): Trial {
  return async (request) => {
    signal.throwIfAborted()
    try {
      const response = await unlessAborted(fetch(request), signal)
      // Unread, it would hold its connection.
      response.body?.cancel().catch(() => {})
      return response
    } catch {
      signal.throwIfAborted()
      return undefined
    }
  }
}

/** No cache: it might have kept an answer from before a header was changed. */
export function get(href: string, signal: AbortSignal, init: RequestInit = {}): Request {
  return new Request(href, own<RequestInit>({ cache: 'no-store', redirect: 'manual', signal, ...init }))
}

/** Runs something, and tells as well whether the page's Content-Security-Policy has forbidden a request to there. */
export async function policed<R>(origin: string, act: () => Promise<R>): Promise<[R, boolean]> {
  let isForbidden = false
  const note = ({ blockedURI, disposition }: SecurityPolicyViolationEvent) => {
    isForbidden ||= disposition === 'enforce' && blockedURI.startsWith(origin)
  }
  const page = globalThis.document
  page?.addEventListener('securitypolicyviolation', note)
  try {
    const result = await act()
    // The event comes in a task of its own.
    await new Promise((resume) => setTimeout(resume))
    return [result, isForbidden]
  } finally {
    page?.removeEventListener('securitypolicyviolation', note)
  }
}
