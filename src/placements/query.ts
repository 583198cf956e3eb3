import { must, own } from '../options.js'
import type { Placement } from '../types.js'

/**
 * The credential as a query parameter of that name (RFC 6750 s. 2.3).
 *
 * **A URL is no place for a secret**: it ends up in server logs, in browser history and in `Response.url`.
 * RFC 6750 s. 5.3 says not to do this; use it for a server that takes nothing else. Requests are sent with
 * `referrerPolicy: 'no-referrer'`, and a redirect is refused unless the caller chose a `redirect` mode. A body
 * is read to be sent, and WebKit can't read form data that holds a file.
 *
 * @throws TypeError if the name is empty
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-5.3
 */
export function query(name: string): Placement {
  must('name', typeof name === 'string' && name !== '', 'be the name of a query parameter')
  return {
    name: 'query',
    async attach(request, credential) {
      const url = new URL(request.url)
      const token = credential?.access_token
      if (!token || url.searchParams.has(name)) return undefined
      // Not by searchParams, which would write the caller's own parameters anew, and not always the same.
      const parameter = `${encodeURIComponent(name)}=${encodeURIComponent(token)}`
      url.search += url.search ? `&${parameter}` : parameter
      return rebuilt(url, request)
    },
    exposes: () => true,
  }
}

/** A Request's URL can't be changed, and its body is only taken over where it is no stream: so it is read. */
async function rebuilt(url: URL, request: Request): Promise<Request> {
  const body = /^(GET|HEAD)$/.test(request.method) ? null : await request.blob()
  const { method, headers, mode, credentials, cache, redirect, integrity, keepalive, signal } = request
  const same = { method, headers, mode, credentials, cache, redirect, integrity, keepalive, signal }
  const init = { ...same, body: body?.size ? body : null, referrerPolicy: 'no-referrer' } as const
  return new Request(url, own<RequestInit>(init))
}
