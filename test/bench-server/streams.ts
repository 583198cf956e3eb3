import { setTimeout as sleep } from 'node:timers/promises'
import { type RequestHandler, Router } from 'express'
import { entryOf } from './record.js'

/** What a connection gets. */
export interface Scripted {
  /** @default 200 */
  readonly status?: number
  /** @default 'text/event-stream' */
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Written one after the other, each as a piece of its own; in base64, since a piece may end within a character. */
  readonly pieces?: readonly string[]
  /** What comes after them. @default 'end' */
  readonly after?: 'end' | 'drop' | 'hold'
}

const PAUSE_MS = 15

/** Chromium's fetch forgets what a page that is busy has not read yet when the connection breaks; its EventSource does not. */
const BEFORE_DROP_MS = 1000

/** Answers the nth connection with the nth of a list, and all that come after with 204. */
const stream: RequestHandler = async ({ query }, response) => {
  const script: readonly Scripted[] = JSON.parse(String(query.script))
  const { status = 200, type, headers = {}, pieces = [], after } = script[entryOf(response).count - 1] ?? END
  response.status(status).set(headers)
  // Not by Express, which adds a charset.
  response.setHeader('Content-Type', type ?? 'text/event-stream')
  response.flushHeaders()
  for (const piece of pieces) {
    response.write(Buffer.from(piece, 'base64'))
    await sleep(PAUSE_MS)
  }
  if (after === 'drop') await sleep(BEFORE_DROP_MS).then(() => response.destroy())
  else if (after !== 'hold') response.end()
}

const END: Scripted = { status: 204 }

/** So many events, so many milliseconds apart, and then silence. */
const ticking: RequestHandler<{ count: string; ms: string }> = async ({ params }, response) => {
  response.setHeader('Content-Type', 'text/event-stream')
  for (let i = 1; i <= Number(params.count) && !response.destroyed; i++) {
    response.write(`id: ${i}\ndata: ${i}\n\n`)
    await sleep(Number(params.ms))
  }
}

export const streams: Router = Router().get('/:id/stream', stream).get('/:id/ticking/:count/:ms', ticking)
