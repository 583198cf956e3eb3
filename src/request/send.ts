import type { Fail } from '../errors.js'
import { optional, own, ownInit } from '../options.js'
import { remade } from '../remade.js'
import type { Ask, CredentialRecord, LatchkeyEvent, Strategy } from '../types.js'
import type { Origins } from './origins.js'
import { replayable } from './replay.js'
import { createWays, type Way } from './way.js'

/** What the pipeline needs to know of a session. */
export interface RequestSession {
  current(): CredentialRecord | undefined
  credential(signal: AbortSignal, refused?: CredentialRecord): Promise<CredentialRecord | undefined>
  /** The same if it is still the same user's, as far as anybody can be asked. */
  confirmed(signal: AbortSignal, credential: CredentialRecord): Promise<CredentialRecord>
  /** Aborted when the credential that is there now is cleared or becomes another user's, and once all is disposed of. */
  signal(): AbortSignal
  /** Something is sent with the credential. */
  touch(): void
  tell(event: LatchkeyEvent): void
  /** Tells those who want to hear of requests; `undefined` if nobody does. */
  watchers(): RequestSession['tell'] | undefined
}

export interface SendOptions {
  session: RequestSession
  /** Whose the credential is; the present one's, if there is none. */
  strategyOf(credential: CredentialRecord | undefined): Strategy<never>
  origins: Origins
  refreshTimeoutSeconds: number
  fail: Fail
  fetch: (request: Request) => Promise<Response>
  ask: Ask
  isAuthFailure: (response: Response) => boolean
  onForeignOrigin: 'send-bare' | 'reject'
}

type Reason = 'token' | 'credential'

/** What the caller wants. */
interface Asked {
  readonly request: Request
  /** What the body was made of; `undefined` if there is none. */
  readonly source: unknown
  /** The mode, if it was the caller's choice. */
  readonly redirect: RequestRedirect | undefined
}

/** A request on its way: what was sent with which credential, and how to make it again. */
interface Sent extends Asked {
  readonly way: Way
  readonly owner: AbortSignal
  readonly again: (() => Request) | undefined
  /** Whether its `Authorization` is the caller's own, or may go wherever the origin leads it. */
  readonly stays: boolean
  readonly credential: CredentialRecord | undefined
  readonly carrier: Request
}

/**
 * The way of a request: built once, decided on, given its credential, sent, and sent again at most once for a reason.
 * What is at hand is not waited for: each `await` would be paid for by each request.
 */
export function createSend(options: SendOptions): typeof globalThis.fetch {
  const { session, strategyOf, origins, fail, fetch, isAuthFailure, onForeignOrigin } = options
  const context = own({ ask: options.ask, tell: session.tell, timeoutSeconds: options.refreshTimeoutSeconds })
  const wayOf = createWays()

  const bare = (request: Request, why: 'foreign-origin' | 'caller' | 'signed-out', isOtherPath?: boolean) => {
    session.tell({ type: 'not-attached', origin: originOf(request), why, isOtherPath })
    return fetch(request)
  }
  const foreign = (request: Request) => {
    if (onForeignOrigin === 'send-bare')
      return bare(request, 'foreign-origin', origins.knows(request.url) || undefined)
    throw fail('ERR_FOREIGN_ORIGIN')
  }
  /** What a second sending needs. What may be refused without a credential, as a login for its CSRF token, is small. */
  const againOf = ({ request, source }: Asked, way: Way, credential: CredentialRecord | undefined) => {
    const isFresh = () =>
      !credential ||
      (credential.expires_in !== undefined &&
        credential === session.current() &&
        !way.expectsRefusal?.(request))
    return credential || way.review ? replayable(request, source, isFresh) : undefined
  }
  /** The same with what there is now instead of what was refused; `undefined` if there is nothing else. */
  const renewed = async (sent: Sent, why: Reason): Promise<Sent | undefined> => {
    const { request, way, owner, again, credential } = sent
    const { signal } = request
    const next =
      credential &&
      (await (why === 'token' && !way.expectsRefusal?.(request)
        ? session.confirmed(signal, credential)
        : session.credential(signal, why === 'credential' ? credential : undefined)))
    // With another strategy it would carry both.
    if (!again || (credential && next?.strategy !== credential.strategy)) return undefined
    const carrier = await way.attach(again(), next, { ...context, isResend: true, first: request })
    if (!carrier) return undefined
    owner.throwIfAborted()
    return { ...sent, credential: next, carrier }
  }

  return async (input, given) => {
    const owner = session.signal()
    owner.throwIfAborted()
    const asked = askedFor(input, given)
    const { request } = asked
    if (!origins.allows(request.url)) return foreign(request)
    const credential = session.current() ?? (await session.credential(request.signal))
    const way = wayOf(strategyOf(credential))
    const again = againOf(asked, way, credential)
    const stays = origins.allowsOrigin(request.url) || request.headers.has('authorization')
    const attached = way.attach(request, credential, context)
    const carrier = attached instanceof Request ? attached : await attached
    if (!carrier) return bare(request, credential ? 'caller' : 'signed-out')
    owner.throwIfAborted()
    if (credential) session.touch()

    const tried: Reason[] = []
    for (let sent: Sent = { ...asked, way, owner, again, stays, credential, carrier }; ; ) {
      const isFree = canFollow(sent)
      session.watchers()?.(sentEvent(sent))
      let response: Response
      let error: unknown
      try {
        response = await fetch(dressed(sent, isFree))
        if (!isFree && response.type === 'opaqueredirect') error = fail('ERR_REDIRECT_REFUSED')
      } catch (thrown) {
        if (!(thrown instanceof TypeError)) throw thrown
        // What came of it is judged by a response in any case.
        response = Response.error()
        error = thrown
      }
      const { carrier, credential } = sent
      const isResent = tried.includes('token')
      const review = way.review?.({ request, carrier, credential, response, isResent }, context)
      const isReviewed = review && (await review)
      const isRefused = credential && !tried.includes('credential') && isAuthFailure(response)
      const why = isReviewed ? 'token' : isRefused && 'credential'
      const next = why && again && !tried.includes(why) && (await renewed(sent, why))
      if (!next && error) throw error
      if (!next) return response
      tried.push(why)
      // Unread, it would hold its connection; whoever else reads it may keep it.
      response.body?.cancel().catch(() => {})
      sent = next
    }
  }
}

/** What is told of a request that is sent, with the credential or with what the browser has. */
function sentEvent({ request, credential }: Sent): LatchkeyEvent {
  const origin = originOf(request)
  return credential ? { type: 'attached', origin } : { type: 'not-attached', origin, why: 'signed-out' }
}

/** Where a request goes. What has no host has no origin, or the page's own (URL s. 4.7): of that the scheme is told. */
function originOf({ url }: Request): string {
  const { host, origin, protocol } = new URL(url)
  return host ? origin : protocol
}

/** Builds the request, and reads all else before anything is waited for: the caller may write on it again. */
function askedFor(input: RequestInfo | URL, given: RequestInit | undefined): Asked {
  const init = ownInit(given)
  const request = new Request(input, init)
  // A request that came with a body has just given it away. To look at the body itself makes WebKit lose a file in it.
  const used = typeof input === 'object' && Object(input).bodyUsed ? input : undefined
  if (!init) return { request, source: used, redirect: undefined }
  return { request, source: optional(init, 'body') ?? used, redirect: optional(init, 'redirect') }
}

/** Whether a redirect may be followed. 'follow' is the default, so in a Request it can't be told from a choice. */
function canFollow({ request, carrier, way, stays, redirect }: Sent): boolean {
  // Within an origin no browser takes `Authorization` away, also where it leads out of an entry's path.
  const isKept = () => !stays && carrier.headers.has('authorization')
  const isSafe = way.exposes?.(carrier) === false && !isKept()
  return isSafe || redirect !== undefined || request.redirect !== 'follow'
}

/** What is handed to `fetch`: the carrier, where it can go as it is. */
function dressed({ carrier, credential }: Sent, isFree: boolean): Request {
  // The browser keeps answers by URL, whoever they were for, and `Vary` is seldom sent (RFC 9111 s. 4.1).
  const cache = credential?.cache && carrier.cache === 'default' ? credential.cache : undefined
  if (isFree && !cache) return carrier
  return remade(carrier, { ...(!isFree && { redirect: 'manual' }), ...(cache && { cache }) })
}
