import { own } from '../options.js'

/** What an adapter is given, as far as it matters here. */
export interface AxiosConfig {
  readonly method?: string
  readonly headers?: object
  readonly signal?: AbortSignal
  readonly withCredentials?: boolean
  readonly auth?: unknown
  readonly env?: object
  readonly fetchOptions?: RequestInit
  readonly [name: string]: unknown
}

/** What an adapter answers. */
export interface AxiosAnswer {
  config: AxiosConfig
  readonly data: unknown
  readonly status: number
  readonly headers: object
}

/** What an adapter rejects with: an answer is there if the server gave one. */
interface AxiosFault {
  config?: AxiosConfig
  readonly response?: AxiosAnswer
}

/** The request that axios is about to send, without its body. */
export function asRequest(url: string, config: AxiosConfig): Request {
  const { method = 'get', signal, withCredentials } = config
  const credentials = withCredentials ? 'include' : 'same-origin'
  const init: RequestInit = { method: method.toUpperCase(), credentials, signal: signal ?? null }
  const request = new Request(url, own(init))
  for (const [name, value] of Object.entries(config.headers ?? {})) {
    // As axios does it: nothing for these two, and no character that a header can't have.
    if (value !== false && value != null)
      request.headers.set(name, String(value).replace(/[^\t -~\x80-\xff]/g, ''))
  }
  // Written by axios' own adapter, from a name and a password.
  if (config.auth) request.headers.set('authorization', 'Basic')
  return request
}

/** Whether XMLHttpRequest can do what that asks for: it follows every redirect, and knows no cache mode. */
export function isForXhr(carrier: Request, url: string): boolean {
  const isThere = typeof XMLHttpRequest === 'function'
  const isUncached = carrier.cache === 'default' || !/^(GET|HEAD)$/.test(carrier.method)
  // What is written into a URL could be read from `responseURL`.
  return isThere && isUncached && carrier.redirect === 'follow' && carrier.url === url
}

/** The configuration with what the carrier has and the request had not. */
export function carrying(config: AxiosConfig, carrier: Request, request: Request): AxiosConfig {
  const added = [...carrier.headers].filter(([name, value]) => request.headers.get(name) !== value)
  const names = new Set(added.map(([name]) => name))
  const kept = Object.entries(config.headers ?? {}).filter(([name]) => !names.has(name.toLowerCase()))
  return {
    ...config,
    adapter: 'xhr',
    url: carrier.url,
    baseURL: undefined,
    params: undefined,
    headers: Object.fromEntries([...kept, ...added]),
    withCredentials: carrier.credentials === 'include',
  }
}

/** The answer, or the error, with the configuration that interceptors know: that of the adapter has the credential. */
export async function asOf(config: AxiosConfig, asked: Promise<AxiosAnswer>): Promise<AxiosAnswer> {
  try {
    return Object.assign(await asked, { config })
  } catch (error) {
    const fault = Object(error) as AxiosFault
    fault.config = config
    if (fault.response) fault.response.config = config
    throw error
  }
}

/** What came of it, as `fetch` would say it. A status that axios takes for an error is an answer. */
export function asResponse(asked: Promise<AxiosAnswer>): Promise<Response> {
  return asked.then(responseOf, (error: AxiosFault) => {
    if (error.response) return responseOf(error.response)
    throw error
  })
}

function responseOf({ data, status, headers }: AxiosAnswer): Response {
  // What `Response` can't be made with is nothing that anybody would send again for.
  const isStatus = status >= 200 && status < 600
  // The text matters of a refusal alone, and those without one (Fetch s. 2.2.3) are none.
  const body = isStatus && status >= 400 && isBody(data) ? data : null
  const pairs = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)])
  return new Response(body, { status: isStatus ? status : 500, headers: pairs })
}

function isBody(data: unknown): data is string | Blob | ArrayBuffer {
  return typeof data === 'string' || data instanceof Blob || data instanceof ArrayBuffer
}
