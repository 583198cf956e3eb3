import type { Answer, Seen } from './server.js'
import type { Way } from './way.js'

/** What came of a button: told in words, and by the raw request where there was one. */
export interface Outcome {
  readonly tone: 'good' | 'bad' | 'plain'
  readonly title: string
  readonly text: string
  readonly request?: Seen | undefined
  /** Whose eyes saw the request. */
  readonly seenBy?: string | undefined
}

export function told(tone: Outcome['tone'], title: string, text: string): Outcome {
  return { tone, title, text }
}

/** Whether a header, or the request line, carries the way's credential or goes with it. */
export function isAttached({ carrier }: Way, name: string): boolean {
  return name.toLowerCase() === carrier
}

export function ofCall(way: Way, { status, name, request, message }: Answer): Outcome {
  if (status !== 200 || !request) return told('bad', `The server refused: ${status}`, `${message}.`)
  return {
    tone: 'good',
    title: `The server answered ${status}: it knows you as ${name}`,
    text: whoAttached(way, request),
    request,
    seenBy: 'the server',
  }
}

function whoAttached(way: Way, { line, headers }: Seen): string {
  const csrf = headers.some(([name]) => name.toLowerCase() === 'x-xsrf-token')
  const guard = csrf ? ' Latchkey added the header X-XSRF-TOKEN, which a forged request would lack.' : ''
  const script = `Script attached it: latchkey put the token ${placeOf(way, line)}.`
  return way.sentBy === 'script'
    ? script
    : `The browser attached it: the cookie went along by itself.${guard}`
}

function placeOf({ carrier }: Way, line: string): string {
  if (line.includes(`${carrier}=`)) return `into the address, as the parameter ${carrier}`
  return carrier === 'authorization'
    ? 'into the header Authorization, as a Bearer token'
    : `into the header ${carrier}`
}
