import type { Seen } from '../server.js'

/** A request as the server saw it, and how it answered. */
export interface Entry extends Seen {
  readonly status?: number
}

export interface Record {
  /** The latest first. */
  readonly requests: readonly Entry[]
  /** The request for the record itself: made without latchkey, so it has what the browser sends by itself. */
  readonly asking: Seen
}

export interface Attached {
  readonly name: string
  readonly value: string
  readonly by: 'latchkey' | 'the browser'
}

/** What this host's server was sent. */
export async function record(): Promise<Record> {
  return (await fetch('/api/record')).json()
}

/** What of a request proves whose it is, or goes with the proof. */
export function attached({ headers }: Seen): Attached[] {
  return headers.flatMap(([name, value]) => {
    if (/^(authorization|x-xsrf-token)$/i.test(name)) return { name, value, by: 'latchkey' as const }
    const session = sessionIn(name, value)
    return session ? { name, value: session, by: 'the browser' as const } : []
  })
}

/** The session's cookie in a `Cookie` header. */
export function sessionIn(name: string, value: string): string | undefined {
  return /^cookie$/i.test(name) ? /latchkey_demo_sid=[^;]+/.exec(value)?.[0] : undefined
}
