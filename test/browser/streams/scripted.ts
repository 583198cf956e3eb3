import { onTestFinished } from 'vitest'
import type { Scripted } from '../../bench-server/streams.js'
import type { BenchOrigin } from '../../harness/bench.js'

const encoder = new TextEncoder()

/** Pieces of a stream: text in UTF-8, or bytes as they are. */
export const pieces = (...parts: (string | readonly number[])[]): string[] =>
  parts.map((part) => btoa(String.fromCharCode(...(typeof part === 'string' ? encoder.encode(part) : part))))

/** A stream that gives its nth connection the nth of these. */
export const streamAt = (origin: BenchOrigin, ...script: readonly Scripted[]): string =>
  origin.at(`stream?script=${encodeURIComponent(JSON.stringify(script))}`)

/** What an event source told: `open 1`, `message 1: data (id)`. */
export interface Heard {
  readonly source: EventSource
  readonly told: string[]
  /** The reasons in its error events. */
  readonly errors: unknown[]
  /** Resolves when so much was told. */
  until(isEnough: (told: string[]) => boolean): Promise<string[]>
}

export function hear(source: EventSource, ...named: string[]): Heard {
  onTestFinished(() => source.close())
  const told: string[] = []
  const errors: unknown[] = []
  let look = () => {}
  const note = (event: Event) => {
    const isMessage = event instanceof MessageEvent
    if (event.type === 'error') errors.push(Object(event).error)
    told.push(
      `${event.type} ${source.readyState}${isMessage ? `: ${event.data} (${event.lastEventId})` : ''}`,
    )
    look()
  }
  for (const type of ['open', 'message', 'error', ...named]) source.addEventListener(type, note)
  const until = (isEnough: (told: string[]) => boolean) =>
    new Promise<string[]>((resolve) => {
      look = () => isEnough(told) && resolve(told)
      look()
    })
  return { source, told, errors, until }
}

export const isClosed = (told: string[]): boolean => told.at(-1) === 'error 2'
export const has =
  (text: string, times = 1) =>
  (told: string[]): boolean =>
    told.filter((one) => one.includes(text)).length >= times

/** What each connection came with, preflights aside. */
export async function connections({ log }: BenchOrigin, header: string) {
  const all = (await log()).filter(({ method, url }) => method === 'GET' && !url.endsWith('/log'))
  return all.map(({ headers }) => headers[header])
}
