import type { Latchkey } from '../latchkey.js'
import { must, own } from '../options.js'
import {
  type AxiosAnswer,
  type AxiosConfig,
  asOf,
  asRequest,
  asResponse,
  carrying,
  isForXhr,
} from './axios-request.js'

/** What {@link attachToAxios} needs of axios 1.12 or newer, or of an instance that `axios.create` made. */
export interface AxiosLike {
  /** The defaults of its requests, of which the adapter is replaced. */
  readonly defaults: {
    /** What sends: a name of axios' own, or a list of such. */
    adapter?: unknown
  }
  /** Makes another instance. */
  create(config?: object): unknown
}

/** An instance of axios' that adds nothing to a configuration: without defaults and interceptors it is the adapter alone. */
interface PlainAxios {
  readonly defaults: Record<string, unknown>
  getUri(config: AxiosConfig): string
  request(config: AxiosConfig): Promise<AxiosAnswer>
}

/**
 * Puts the credential on what axios sends by XMLHttpRequest, its adapter in browsers, and refreshes and sends again as
 * {@link Latchkey.fetch} does. It is attached below axios: no interceptor, `config` or `AxiosError` ever sees it. To other
 * origins axios sends as before, if `onForeignOrigin` lets it.
 *
 * XMLHttpRequest follows every redirect and knows no cache mode. Where that would take the credential along, or bring another
 * user's answer, the request goes by axios' fetch adapter and `latchkey.fetch` instead, without `onUploadProgress`.
 * `fetchOptions: { redirect: 'follow' }` says that you trust where redirects lead. `timeout` is that of each sending.
 *
 * @param axios axios itself, or an instance; what is created from it afterwards is attached, too
 * @returns what gives axios its own adapter back
 * @throws TypeError if it is attached already, or has an adapter that is no name
 */
export function attachToAxios<T>(
  axios: AxiosLike,
  latchkey: Pick<Latchkey<T>, 'fetch' | 'through' | 'allows'>,
): () => void {
  must('axios', typeof axios?.create === 'function' && axios.defaults, 'be axios, or an instance of it')
  must('latchkey', typeof latchkey?.through === 'function', 'be what createLatchkey returns')
  const { defaults } = axios
  const before = defaults.adapter
  const isAxios = [before].flat().every((name) => typeof name !== 'function')
  must('axios', isAxios, 'be attached to once, and have no adapter of its own')

  const adapter = createAdapter(plainOf(axios), latchkey, before)
  defaults.adapter = adapter
  return () => {
    if (defaults.adapter === adapter) defaults.adapter = before
  }
}

function plainOf(axios: AxiosLike): PlainAxios {
  const plain = axios.create() as PlainAxios
  for (const name of Object.keys(plain.defaults)) delete plain.defaults[name]
  return plain
}

type Adapter = (config: AxiosConfig) => Promise<AxiosAnswer>

function createAdapter(
  plain: PlainAxios,
  latchkey: Pick<Latchkey<never>, 'fetch' | 'through' | 'allows'>,
  before: unknown,
): Adapter {
  // Who has chosen it may want what XMLHttpRequest can't do, as a stream for an answer.
  const isByFetch = [before].flat()[0] === 'fetch'
  return async (config) => {
    // What was made of the configuration until here is not made once more.
    const made = { adapter: before, transformRequest: undefined, transformResponse: undefined }
    const raw: AxiosConfig = own({ ...config, ...made })
    const request = asRequest(plain.getUri(raw), raw)
    const { redirect } = own(raw.fetchOptions ?? {})
    let last: Promise<AxiosAnswer> | undefined
    let needsFetch = false

    const carry = async (carrier: Request): Promise<Response> => {
      const isOurs = latchkey.allows(carrier.url)
      needsFetch = isOurs && (isByFetch || !isForXhr(carrier, request.url))
      // Thrown, so that nobody takes it for the server's answer.
      if (needsFetch) throw new DOMException('by fetch', 'NotSupportedError')
      last = asOf(config, plain.request(isOurs ? carrying(raw, carrier, request) : raw))
      return asResponse(last)
    }
    await latchkey
      .through(carry)(request, redirect && { redirect })
      .catch((error: unknown) => {
        if (!needsFetch) throw error
        const env = { ...raw.env, fetch: latchkey.fetch }
        // There in any case, or an older axios would take a polluted prototype's.
        const fetchOptions = { ...raw.fetchOptions }
        const byFetch = { ...raw, adapter: 'fetch', env, fetchOptions, onUploadProgress: undefined }
        last = asOf(config, plain.request(byFetch))
      })
    return last as Promise<AxiosAnswer>
  }
}
