import { own } from '../../options.js'
import type { Carrier } from '../patched-fetch.js'
import { type Mime, mimeOf, UNNAMED } from './mime.js'
import type { Plan } from './plan.js'
import { createReceived, type Received } from './received.js'
import type { SentBody } from './sent-body.js'
import { createTelling } from './telling.js'

/** A request that was sent, as its XMLHttpRequest shows it. */
export interface Carried {
  begin(): void
  readyState(): number
  response(): Response | undefined
  /** The MIME type that the caller wants to be believed. */
  override(mime: Mime): void
  received(): Received | undefined
  /** All of the body as it was asked for, once it is there. */
  value(): unknown
  /** Begins to count the time that `timeout` gives, from the start. */
  limit(): void
  abort(): void
  /** Forgets it, and tells nobody. */
  drop(): void
}

/**
 * Sends by `fetch` and tells it as an XMLHttpRequest would, in the same order.
 * @see https://xhr.spec.whatwg.org/#the-send()-method
 */
export function createCarried(
  xhr: XMLHttpRequest,
  plan: Plan,
  { carrier, sent, mime }: { carrier: Carrier; sent: SentBody; mime: Mime | undefined },
): Carried {
  const started = performance.now()
  const aborter = new AbortController()
  const tell = createTelling(xhr, sent)
  let readyState = 1
  let response: Response | undefined
  let received: Received | undefined
  let value: unknown
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = false

  const drop = () => {
    isOver = true
    clearTimeout(timer)
    aborter.abort()
  }
  const enter = (state: number) => {
    readyState = state
    tell.state()
  }
  const fail = (why: 'error' | 'abort' | 'timeout', error?: unknown) => {
    if (isOver) return
    drop()
    response = received = value = undefined
    enter(4)
    tell.failed(why, error)
  }
  const limit = () => {
    clearTimeout(timer)
    if (!xhr.timeout || isOver) return
    timer = setTimeout(() => fail('timeout'), Math.max(0, started + xhr.timeout - performance.now()))
  }
  const arriving = (type: string | null) => {
    mime ??= mimeOf(type) ?? UNNAMED
    return createReceived(xhr.responseType, mime)
  }
  const answered = () => {
    const { url, ...init } = plan
    const credentials = xhr.withCredentials ? 'include' : 'same-origin'
    const more: RequestInit = { body: sent.body, credentials, signal: aborter.signal }
    return carrier.fetch(url, own<RequestInit>({ ...init, ...more }))
  }
  const read = async ({ body, headers }: Response) => {
    const reader = body?.getReader()
    const type = headers.get('content-type')
    for (;;) {
      const { done, value: bytes } = (await reader?.read()) ?? { done: true }
      if (isOver) return
      if (done) break
      received ??= arriving(type)
      received.add(bytes)
      if (!tell.isDue(bytes.length)) continue
      enter(3)
      if (!isOver) tell.progress()
    }
    received ??= arriving(type)
    tell.progress()
    if (isOver) return
    value = received.value()
    clearTimeout(timer)
    isOver = true
    enter(4)
    if (xhr.readyState === 4) tell.loaded()
  }
  const run = async () => {
    tell.started()
    if (isOver) return
    limit()
    const answer = await answered()
    if (isOver) return void answer.body?.cancel().catch(() => {})
    response = answer
    tell.arrived(answer)
    if (isOver) return
    enter(2)
    if (!isOver) await read(answer)
  }
  return {
    readyState: () => readyState,
    response: () => response,
    override(given) {
      mime = given
    },
    received: () => received,
    value: () => value,
    limit,
    abort() {
      fail('abort')
      response = received = value = undefined
      readyState = 0
    },
    drop,
    begin: () => void run().catch((error) => fail('error', error)),
  }
}
