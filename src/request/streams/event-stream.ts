import { createParser } from 'eventsource-parser'
import { own } from '../../options.js'
import { createLines } from './lines.js'

/** What outlives a connection. */
export interface Memory {
  lastEventId: string
  /** How long to wait before the next connection, in milliseconds. */
  retryMs: number
}

/**
 * Reads `text/event-stream` until it ends, or `onEvent` has something else to do.
 * @see HTML s. 9.2.6, https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export async function readEventStream(
  body: ReadableStream<Uint8Array>,
  memory: Memory,
  onEvent: (type: string, data: string) => void,
): Promise<void> {
  const parser = createParser(
    own({
      onEvent: ({ event = 'message', data }: { event?: string | undefined; data: string }) =>
        onEvent(event, data),
      onRetry: (ms: number) => {
        memory.retryMs = ms
      },
    }),
  )
  let { lastEventId } = memory
  const feed = createLines((line) => {
    // The parser forgets the id of an event without data, which is one to go on from all the same.
    const [isId, id = ''] = /^id(?:: ?([^\0]*))?$/.exec(line) ?? []
    if (isId !== undefined) lastEventId = id
    if (!line) memory.lastEventId = lastEventId
    parser.feed(`${line}\n`)
  })
  const reader = body.getReader()
  const decoder = new TextDecoder()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    feed(decoder.decode(value, { stream: true }))
  }
}
