import type { Answer, Seen } from '../server.js'
import type { Way } from '../ways/way.js'
import { explained, filled, words } from '../word.js'

/** What came of a button: told in words, and by the raw request where there was one. */
export interface Outcome {
  readonly tone: 'good' | 'bad' | 'plain'
  readonly title: string
  readonly text: string
  readonly request?: Seen | undefined
  /** Whose eyes saw the request. */
  readonly seenBy?: string | undefined
}

const says = words.sideBySide.outcome

export function told(tone: Outcome['tone'], title: string, text: string): Outcome {
  return { tone, title, text }
}

export function refused({ status, error }: Answer): Outcome {
  return told('bad', filled(says.refused, { status }), explained(error))
}

/** Whether a header, or the request line, carries the way's credential or goes with it. */
export function isAttached({ carrier }: Way, name: string): boolean {
  return name.toLowerCase() === carrier
}

export function ofCall(way: Way, answer: Answer): Outcome {
  const { status, name = '', request } = answer
  if (status !== 200 || !request) return refused(answer)
  return {
    tone: 'good',
    title: filled(says.knowsYou, { status, name }),
    text: whoAttached(way, request),
    request,
    seenBy: words.sideBySide.seenBy.server,
  }
}

function whoAttached(way: Way, request: Seen): string {
  const has = (header: string) => request.headers.some(([name]) => name.toLowerCase() === header)
  const attached = way.sentBy === 'script' ? placeOf(way, request) : says.attachedByBrowser
  if (has('dpop')) return `${attached} ${says.proofAdded}`
  return has('x-xsrf-token') ? `${attached} ${says.csrfAdded}` : attached
}

function placeOf({ carrier }: Way, { line, headers }: Seen): string {
  if (line.includes(`${carrier}=`)) return filled(says.inAddress, { carrier })
  const [, value = ''] = headers.find(([name]) => name.toLowerCase() === 'authorization') ?? []
  const [scheme = ''] = value.split(' ')
  return carrier === 'authorization'
    ? filled(says.inAuthorization, { scheme })
    : filled(says.inHeader, { carrier })
}
