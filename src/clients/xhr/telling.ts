import { own } from '../../options.js'
import type { SentBody } from './sent-body.js'

/** Dispatches the events of a request, on the very objects that native ones come from. */
export interface Telling {
  started(): void
  /** The answer has begun, so what was sent is there. */
  arrived(response: Response): void
  state(): void
  /** Counts what has arrived, and says whether it is time to tell of it. */
  isDue(bytes: number): boolean
  progress(): void
  loaded(): void
  failed(why: 'error' | 'abort' | 'timeout', error: unknown): void
}

type Counted = readonly [loaded: number, total: number]

/** How long the standard waits between two events of progress, in milliseconds. */
const PAUSE = 50

export function createTelling(xhr: XMLHttpRequest, { body, size }: SentBody): Telling {
  let [arrived, total, toldAt] = [0, 0, Number.NEGATIVE_INFINITY]
  let isSent = body === null

  const fire = (target: EventTarget, type: string, [loaded, total]: Counted = [0, 0], more = {}) => {
    const event = new ProgressEvent(type, own({ loaded, total, lengthComputable: total > 0 }))
    target.dispatchEvent(Object.assign(event, more))
  }
  // Of what was packed for the way the server says another length.
  const counted = (): Counted => [arrived, arrived > total ? 0 : total]
  return {
    started() {
      fire(xhr, 'loadstart')
      if (!isSent && xhr.readyState === 1) fire(xhr.upload, 'loadstart', [0, size])
    },
    arrived({ headers }) {
      total = Number(headers.get('content-length')) || 0
      if (isSent) return
      isSent = true
      for (const type of ['progress', 'load', 'loadend']) fire(xhr.upload, type, [size, size])
    },
    state() {
      xhr.dispatchEvent(new Event('readystatechange'))
    },
    isDue(bytes) {
      arrived += bytes
      if (performance.now() - toldAt < PAUSE) return false
      toldAt = performance.now()
      return true
    },
    progress() {
      fire(xhr, 'progress', counted())
    },
    loaded() {
      for (const type of ['load', 'loadend']) fire(xhr, type, counted())
    },
    failed(why, error) {
      const targets = isSent ? [xhr] : [xhr.upload, xhr]
      isSent = true
      for (const target of targets) {
        fire(target, why, [0, 0], error ? { error } : {})
        fire(target, 'loadend')
      }
    },
  }
}
