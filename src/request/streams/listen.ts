import type { Fail } from '../../errors.js'
import { own } from '../../options.js'
import { connectionRequest, type Refusal, refusalBy, refusalOf } from './connection.js'
import { type Memory, readEventStream } from './event-stream.js'
import { createPatience } from './patience.js'

export interface Listening {
  readonly source: EventSource
  /** Ends with the session of who is signed in when it was opened. */
  readonly presence: AbortSignal
  readonly closed: AbortSignal
  /** Fires `open`, or `error` where it is not open any more. */
  tell(type: 'open' | 'error', error?: unknown): void
  /** Closes it for good. */
  end(error: unknown): void
  send: typeof globalThis.fetch
  fail: Fail
  now: () => number
}

/** Connects, and connects again, until it is closed: HTML s. 9.2.2 and 9.2.3. */
export async function listen(options: Listening): Promise<void> {
  const { source, presence, closed, tell, end } = options
  const stop = () => {
    source.close()
    // Not now: the session may be in the middle of what ends it.
    queueMicrotask(() => tell('error', presence.reason))
  }
  if (presence.aborted && !closed.aborted) return stop()
  presence.addEventListener('abort', stop, own({ signal: closed }))
  const memory: Memory = { lastEventId: '', retryMs: 3000 }
  const patience = createPatience(closed)
  while (!closed.aborted) {
    const request = connectionRequest(source, memory, patience.signal())
    const { error, waitMs, wasOpen } = await connect(request, memory, options)
    if (closed.aborted) return
    if (waitMs === undefined) return end(error)
    tell('error', error)
    await patience.wait(memory.retryMs, waitMs, wasOpen)
  }
}

interface Lost extends Refusal {
  readonly wasOpen: boolean
}

async function connect(request: Request, memory: Memory, options: Listening): Promise<Lost> {
  const { send, fail, now } = options
  const refused = (refusal: Refusal): Lost => ({ ...refusal, wasOpen: false })
  try {
    const response = await send(request)
    // It may be there already when the source is closed.
    options.closed.throwIfAborted()
    const refusal = refusalOf(response, fail, now())
    if (!refusal) return { ...(await received(response, memory, options)), wasOpen: true }
    response.body?.cancel().catch(() => {})
    return refused(refusal)
  } catch (error) {
    return refused(refusalBy(error, now()))
  }
}

/** Hands on what comes until it ends, one way or the other. */
async function received({ url, body }: Response, memory: Memory, options: Listening): Promise<Refusal> {
  const { source, closed, tell } = options
  tell('open')
  const { origin } = new URL(url || source.url)
  const onEvent = (type: string, data: string) => {
    const { lastEventId } = memory
    if (!closed.aborted) source.dispatchEvent(new MessageEvent(type, own({ data, origin, lastEventId })))
  }
  const reading = body ? readEventStream(body, memory, onEvent) : Promise.resolve()
  const error: unknown = await reading.catch((reason: unknown) => reason)
  return { error, waitMs: Number.NaN }
}
