import type { Fail } from '../errors.js'
import { loaded } from '../load.js'
import { must, own, withDefaults } from '../options.js'
import { resolved } from './resolved.js'

/** What {@link OpenEventSource} takes. */
export interface EventSourceOptions {
  /** Whether cookies go to another origin where nothing is attached. @default false */
  withCredentials?: boolean | undefined
  /** Closes it, as `close()` does. @default none */
  signal?: AbortSignal | undefined
}

/** The `error` event of an event source of Latchkey's: the browser's own has no reason. */
export interface EventSourceErrorEvent extends Event {
  /**
   * Why the connection was lost, or could not be opened: a {@link LatchkeyError} if it is closed for good, and `undefined`
   * where the server has ended it.
   */
  readonly error: unknown
}

/**
 * The browser's `EventSource` over `latchkey.fetch`: each connection carries the credential to allowed origins, is refreshed
 * before if that is due, and follows the rules of any other request. It is returned at once and is an `EventTarget`; it is no
 * `instanceof EventSource`, and its events are not `isTrusted`.
 *
 * It connects again, `retry` milliseconds (3000 unless the server says) after the network failed or the server ended
 * the stream, with `Last-Event-ID`. Another status than 200, or another type than `text/event-stream`, closes it for good
 * with an {@link EventSourceErrorEvent}. It differs from the browsers at 429 and 5xx, which are no reason to
 * give up: it waits, longer each time, up to a minute and at least as long as `Retry-After` says. What came while the page
 * was busy, right before the network failed, Chromium's `fetch` does not hand on: have the server go on from `Last-Event-ID`.
 *
 * `clear()`, another user's sign-in and `dispose()` close it, with `ERR_SIGNED_OUT` or `ERR_DISPOSED` in the event. One that
 * was opened while signed out goes on through the first sign-in, and its next connection carries the credential.
 *
 * Each connection is a request with the credential, and so is activity (`idleTimeoutSeconds`). A server of another origin has to allow the header `Last-Event-ID` (`Access-Control-Allow-Headers`): `fetch` asks for it.
 *
 * @throws TypeError if the URL can't be parsed or has a password, or an option is wrong
 * @see HTML s. 9.2, https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export type OpenEventSource = (url: string | URL, options?: EventSourceOptions) => EventSource

export interface EventSourceParts {
  session: { presence(): AbortSignal }
  refreshTimeoutSeconds: number
  send: typeof globalThis.fetch
  fail: Fail
  now: () => number
}

/** What the page sees of it: all else is loaded when the first one is opened. */
export function createEventSource(parts: EventSourceParts): OpenEventSource {
  return (asked, options = {}) => {
    const { withCredentials, signal } = withDefaults('eventSource', options, DEFAULTS)
    must('signal', signal === undefined || 'aborted' in Object(signal), 'be an AbortSignal')
    const { url } = new Request(resolved(asked))
    const closing = new AbortController()
    const closed = AbortSignal.any([closing.signal, signal ?? closing.signal])
    const presence = parts.session.presence()
    let isOpen = false
    const source = Object.assign(new EventTarget(), {
      ...{ CONNECTING: 0, OPEN: 1, CLOSED: 2, url, withCredentials },
      ...{ onopen: null, onmessage: null, onerror: null },
      close: () => closing.abort(),
    }) as unknown as EventSource
    const get = () => (closed.aborted ? 2 : Number(isOpen))
    Object.defineProperty(source, 'readyState', own({ get }))
    for (const type of ['open', 'message', 'error'])
      source.addEventListener(type, (event) => Object(source)[`on${type}`]?.(event))
    const tell = (type: string, error?: unknown) => {
      isOpen = type === 'open'
      source.dispatchEvent(Object.assign(new Event(type), { error }))
    }
    const end = (error: unknown) => {
      if (closed.aborted) return
      source.close()
      tell('error', error)
    }
    loaded(import('./streams/listen.js'), closed, parts)
      .then(({ listen }) => listen({ ...parts, source, presence, closed, tell, end }))
      .catch(end)
    return source
  }
}

const DEFAULTS = { withCredentials: false, signal: undefined }
