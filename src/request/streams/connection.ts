import { type Fail, isLatchkeyError } from '../../errors.js'
import { own } from '../../options.js'
import { retryAfterMs } from '../retry-after.js'
import type { Memory } from './event-stream.js'

/** What came of an attempt to connect that opened nothing. */
export interface Refusal {
  readonly error: unknown
  /** Whether to try again, and not before so many milliseconds are over; `NaN` if nobody says how many. */
  readonly waitMs: number | undefined
}

export function connectionRequest(source: EventSource, memory: Memory, signal: AbortSignal): Request {
  const { url, withCredentials } = source
  const headers: Record<string, string> = own({ Accept: 'text/event-stream' })
  if (memory.lastEventId) headers['Last-Event-ID'] = asBytes(memory.lastEventId)
  const credentials = withCredentials ? 'include' : 'same-origin'
  return new Request(url, own<RequestInit>({ headers, credentials, cache: 'no-store', signal }))
}

/** A header's value is bytes, a character each; an id's are UTF-8 (HTML s. 9.2.3). */
function asBytes(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('')
}

/** Why the answer opens no stream; `undefined` if it does. */
export function refusalOf(response: Response, fail: Fail, now: number): Refusal | undefined {
  const { status, headers } = response
  const [type = ''] = (headers.get('content-type') ?? '').split(';')
  const isStream = type.trim().toLowerCase() === 'text/event-stream'
  if (status === 200 && isStream) return undefined
  const why = status === 200 ? `with the type ${type || 'of nothing'}` : status
  const error = fail('ERR_CONNECTION_FAILED', new Error(`The server answered ${why}`))
  const passes = status === 429 || status >= 500
  return { error, waitMs: passes ? retryAfterMs(response, now) : undefined }
}

/** What is said of a failed fetch: the network's failures pass, and so do a refresh's. */
export function refusalBy(error: unknown, now: number): Refusal {
  if (!isLatchkeyError(error)) return { error, waitMs: Number.NaN }
  const passes = /^ERR_(REFRESH|STORAGE)_FAILED$/.test(error.code)
  return { error, waitMs: passes ? Number(error.retryAt) - now : undefined }
}
