import type { Fail } from '../errors.js'
import { optional, own, ownInit } from '../options.js'
import { remade } from '../remade.js'
import type { Ask, CredentialRecord, LatchkeyEvent, Strategy } from '../types.js'
import { allows, allowsOrigin } from './origins.js'
import { replayable } from './replay.js'

/** What the pipeline needs to know of a session. */
export interface RequestSession {
  current(): CredentialRecord | undefined
  credential(signal: AbortSignal, refused?: CredentialRecord): Promise<CredentialRecord | undefined>
  /** The same if it is still the same user's, as far as anybody can be asked. */
  confirmed(signal: AbortSignal, credential: CredentialRecord): Promise<CredentialRecord>
  /** Aborted when the credential that is there now is cleared or becomes another user's. */
  signal(): AbortSignal
  /** Something is sent with the credential. */
  touch(): void
  tell(event: LatchkeyEvent): void
}

export interface SendOptions {
  session: RequestSession
  strategy: Pick<Strategy, 'attach' | 'exposes'> & {
    /** What looks at the answers to what is sent with that credential. */
    reviewer(credential: CredentialRecord | undefined): Strategy['review']
    expectsRefusal(request: Request, credential: CredentialRecord | undefined): boolean
  }
  origins: readonly string[]
  refreshTimeoutSeconds: number
  fail: Fail
  fetch: (request: Request) => Promise<Response>
  ask: Ask
  isAuthFailure: (response: Response) => boolean
  onForeignOrigin: 'send-bare' | 'reject'
}

/** The way of a request: built once, decided on, given its credential, sent, and sent again at most once for a reason. */
export function createSend(options: SendOptions): typeof globalThis.fetch {
  const { session, strategy, origins, fail, fetch, ask, isAuthFailure, onForeignOrigin } = options
  const context = own({ ask, tell: session.tell, timeoutSeconds: options.refreshTimeoutSeconds })

  const bare = (request: Request, why: 'foreign-origin' | 'caller' | 'signed-out') => {
    const { origin } = new URL(request.url)
    session.tell({ type: 'not-attached', origin, why })
    return fetch(request)
  }
  return async (input, given) => {
    const init = ownInit(given)
    const request = new Request(input, init)
    // Read before anything is waited for: the caller may write on it again.
    const [body, redirect] = init ? [optional(init, 'body'), optional(init, 'redirect')] : []
    if (!allows(origins, request.url)) {
      if (onForeignOrigin === 'send-bare') return bare(request, 'foreign-origin')
      throw fail('ERR_FOREIGN_ORIGIN')
    }
    const owner = session.signal()
    let credential = session.current() ?? (await session.credential(request.signal))
    const isFresh =
      credential?.expires_in !== undefined &&
      credential === session.current() &&
      !strategy.expectsRefusal(request, credential)
    // A request that came with a body has just given it away. To look at the body itself makes WebKit lose a file in it.
    const source = body ?? (typeof input === 'object' && Object(input).bodyUsed ? input : undefined)
    const review = strategy.reviewer(credential)
    // What may be refused without a credential, as a login for its CSRF token, is small.
    const again = (credential || review) && replayable(request, source, isFresh || !credential)
    const isCallers = request.headers.has('authorization')
    let carrier = await strategy.attach(request, credential, context)
    if (!carrier) return bare(request, credential ? 'caller' : 'signed-out')
    owner.throwIfAborted()

    if (credential) session.touch()
    // 'follow' is the default, so in a Request it can't be told from a choice.
    const isChosen = request.redirect !== 'follow' || redirect
    const send = async (carrier: Request): Promise<Sent> => {
      // Within an origin no browser takes `Authorization` away, also where it leads out of an entry's path.
      const isOurs = !isCallers && carrier.headers.has('authorization')
      const stays = !isOurs || allowsOrigin(origins, carrier.url)
      const isFree = isChosen || (stays && strategy.exposes?.(carrier) === false)
      const ours: RequestInit = isFree ? {} : { redirect: 'manual' }
      // The browser keeps answers by URL, whoever they were for, and `Vary` is seldom sent (RFC 9111 s. 4.1).
      if (credential?.cache && carrier.cache === 'default') ours.cache = credential.cache
      const isAsItIs = !Object.keys(ours).length
      try {
        const response = await fetch(isAsItIs ? carrier : remade(carrier, ours))
        const isRefused = !isFree && response.type === 'opaqueredirect'
        return { response, error: isRefused && fail('ERR_REDIRECT_REFUSED') }
      } catch (error) {
        if (error instanceof TypeError) return { response: Response.error(), error }
        throw error
      }
    }
    const tried = new Set<'token' | 'credential'>()
    for (;;) {
      const sent = await send(carrier)
      const { response } = sent
      const isResent = tried.has('token')
      const isReviewed = await review?.({ request, carrier, credential, response, isResent }, context)
      const isRefused = credential && !tried.has('credential') && isAuthFailure(response)
      const why = isReviewed ? 'token' : isRefused && 'credential'
      if (!again || !why || tried.has(why)) return taken(sent)
      tried.add(why)

      const next =
        credential &&
        (await (why === 'token' && !strategy.expectsRefusal(request, credential)
          ? session.confirmed(request.signal, credential)
          : session.credential(request.signal, why === 'credential' ? credential : undefined)))
      // With another strategy it would carry both.
      if (credential && next?.strategy !== credential.strategy) return taken(sent)
      const second = await strategy.attach(again(), next, { ...context, isResend: true })
      if (!second) return taken(sent)
      owner.throwIfAborted()
      // Unread, it would hold its connection; whoever else reads it may keep it.
      response.body?.cancel().catch(() => {})
      credential = next
      carrier = second
    }
  }
}

/** What came of a sending, to be judged by its response in any case. */
interface Sent {
  response: Response
  error?: unknown
}

function taken({ response, error }: Sent): Response {
  if (error) throw error
  return response
}
