import type { Fail } from '../errors.js'
import type { CredentialRecord, LatchkeyEvent, Strategy } from '../types.js'
import { allows } from './origins.js'
import { replayable } from './replay.js'

/** What the pipeline needs to know of a session. */
export interface RequestSession {
  current(): CredentialRecord | undefined
  credential(signal: AbortSignal, refused?: CredentialRecord): Promise<CredentialRecord | undefined>
  tell(event: LatchkeyEvent): void
}

export interface SendOptions {
  session: RequestSession
  strategy: Pick<Strategy, 'attach'>
  origins: ReadonlySet<string>
  fail: Fail
  fetch: (request: Request) => Promise<Response>
  isAuthFailure: (response: Response) => boolean
  onForeignOrigin: 'send-bare' | 'reject'
}

/** The way of a request: built once, decided on, given its credential, sent, and sent again at most once. */
export function createSend(options: SendOptions): typeof globalThis.fetch {
  const { session, strategy, origins, fail, fetch, isAuthFailure, onForeignOrigin } = options

  const bare = (request: Request, why: 'foreign-origin' | 'caller' | 'signed-out') => {
    const { origin } = new URL(request.url)
    session.tell({ type: 'not-attached', origin, why })
    return fetch(request)
  }
  return async (input, init) => {
    const request = new Request(input, init)
    if (!allows(origins, request.url)) {
      if (onForeignOrigin === 'send-bare') return bare(request, 'foreign-origin')
      throw fail('ERR_FOREIGN_ORIGIN')
    }
    const credential = session.current() ?? (await session.credential(request.signal))
    const again = replayable(request, init?.body)
    const redirectChosen = request.redirect !== 'follow' || Object.hasOwn(init ?? {}, 'redirect')
    const received = (response: Response) => {
      if (redirectChosen || response.type !== 'opaqueredirect') return response
      throw fail('ERR_REDIRECT_REFUSED')
    }
    const carrier = await strategy.attach(request, credential, { redirectChosen })
    if (!carrier) return bare(request, credential ? 'caller' : 'signed-out')
    const response = received(await fetch(carrier))
    if (!credential || !isAuthFailure(response)) return response

    const next = await session.credential(request.signal, credential)
    const second = next && again && (await strategy.attach(again(), next, { redirectChosen, isResend: true }))
    if (!second) return response
    // Unread, it would hold its connection.
    await response.body?.cancel()
    return received(await fetch(second))
  }
}
