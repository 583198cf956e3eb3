import { own } from '../../options.js'

/** The waits between connections. */
export interface Patience {
  /** Of the next connection: ended when it is closed, or when the page is left. */
  signal(): AbortSignal
  /** Until it makes sense to connect again, or it is closed; both times in milliseconds. */
  wait(retryMs: number, atLeastMs: number, wasOpen: boolean): Promise<void>
}

const LONGEST_MS = 60_000

export function createPatience(closed: AbortSignal): Patience {
  let failures = 0
  let connection = new AbortController()
  let shown: Promise<unknown> = Promise.resolve()
  // A page that holds a connection may not be kept for the way back, and one that comes back has lost it.
  const leave = () => {
    connection.abort()
    shown = new Promise((resolve) => globalThis.addEventListener('pageshow', resolve, own({ once: true })))
  }
  globalThis.addEventListener?.('pagehide', leave, own({ signal: closed }))
  return {
    signal() {
      connection = new AbortController()
      return AbortSignal.any([closed, connection.signal])
    },
    async wait(retryMs, atLeastMs, wasOpen) {
      failures = wasOpen ? 0 : failures + 1
      const backOffMs = Math.min(1000 * (2 ** Math.max(failures - 1, 0) - 1), LONGEST_MS)
      // Apart, so that a server which comes back does not see all its users at once.
      const apart = 1 - Math.random() / 2
      await sleep(Math.max(retryMs + backOffMs * apart, atLeastMs || 0), closed)
      await shown
    },
  }
}

function sleep(ms: number, closed: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    // A longer one would overflow, and end at once.
    const timer = setTimeout(done, Math.min(ms, 2 ** 31 - 1))
    function done() {
      clearTimeout(timer)
      closed.removeEventListener('abort', done)
      resolve()
    }
    closed.addEventListener('abort', done)
    if (closed.aborted) done()
  })
}
