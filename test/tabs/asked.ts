import type { Latchkey } from '../../src/index.js'

/** What became of one call, as its page saw it. */
export interface Asked {
  /** The status of the answer or of the state, or the code or name of the error. */
  readonly outcome: string
  readonly ms: number
  /** Whose credential the API was given, and which. */
  readonly sub?: string
  readonly token?: string
  readonly retryAt?: number
}

type Call = () => Promise<Omit<Asked, 'ms'>>

/** The page's. */
declare const latchkey: Latchkey

// These run in the page, as text: they must refer to nothing of this module.

async function timed(call: Call): Promise<Asked> {
  const begun = performance.now()
  const failed = ({ code, name, retryAt }: { code?: string; name: string; retryAt?: number }) => ({
    outcome: code ?? name,
    retryAt,
  })
  const outcome = await call().catch(failed)
  return JSON.parse(JSON.stringify({ ...outcome, ms: Math.round(performance.now() - begun) }))
}

async function fetched(path: string) {
  const answer = await latchkey.fetch(path)
  const { sub, token } = await answer.json()
  return { outcome: String(answer.status), sub, token }
}

async function refreshed() {
  await latchkey.refresh()
  return { outcome: latchkey.state.status }
}

/** An expression for a page: one call of the API. */
export const asking = (path: string) => `(${timed})(() => (${fetched})(${JSON.stringify(path)}))`

/** An expression for a page: one refresh, whether it is time or not. */
export const refreshing = `(${timed})(${refreshed})`
