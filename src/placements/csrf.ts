import { LatchkeyError } from '../errors.js'
import { must, own } from '../options.js'
import type { AttachContext, CredentialRecord, Needs, Placement } from '../types.js'
import { inTime, unlessAborted } from '../unless-aborted.js'

/** For which request a CSRF token is wanted. */
export interface CsrfUse extends AttachContext {
  /** The origin of the request. */
  readonly origin: string
  /** With its sign-in the session changes, and the token of the one before is dead. */
  readonly credential: CredentialRecord | undefined
}

/** A convention for CSRF tokens: where one is found, the header it goes into, and how the server refuses one. */
export interface Csrf {
  /** Name of the request header that the token goes into. */
  readonly header: string
  /**
   * The token as it is at this moment, or `undefined` if none is known.
   * @param moment the same object for all requests that ask in one go: what is costly to read may be read once for them
   */
  read(use: CsrfUse, moment?: object): string | undefined
  /** Gets a new one from the server, for `read` to find. @default there is no way */
  renew?: ((use: CsrfUse) => Promise<void>) | undefined
  /** Sees every answer of an allowed origin. */
  see?: ((response: Response) => void) | undefined
  /** Whether the server has refused the token, and not the user. It is asked from status 400 on, with a copy to read. */
  isRefusal(response: Response): boolean | Promise<boolean>
  /** The cookie that `read` looks for, if it does. */
  readonly cookie?: string | undefined
  /** Where `renew` asks. */
  readonly url?: string | undefined
}

/** Adds the CSRF header to a placement's unsafe requests, never over the caller's own. */
export function withCsrf(placement: Placement, given: Csrf | undefined): Placement {
  if (given === undefined) return placement
  const csrf = own(Object(given) as Csrf)
  must('csrf', typeof csrf.read === 'function', 'be a preset, or what csrfCookie() returns')
  const { exposes } = own(placement)
  const renew = createRenew(csrf)
  const moment = createMoments()
  // What is sent again must not take our header for the caller's, nor the caller's for ours.
  const callers = new WeakSet<Request>()

  const brought = async (use: CsrfUse, signal: AbortSignal) => {
    await renew(use, signal)
    return tokenIn(csrf, use) ?? unavailable(new Error('what was asked for a CSRF token brought none'))
  }
  const withToken: Placement['attach'] = async (request, credential, context) => {
    const attached = placement.attach(request, credential, context)
    const carrier = attached instanceof Request ? attached : await attached
    if (!carrier) return undefined
    const use = wantedFor(request, credential, context)
    const shown = tokenIn(csrf, use, csrf.cookie ? await moment() : undefined)
    const token = shown || !csrf.renew ? shown : await brought(use, request.signal)
    if (token) carrier.headers.set(csrf.header, token)
    else carrier.headers.delete(csrf.header)
    return carrier
  }
  const reviewed: Placement['review'] = async ({ request, carrier, credential, response }, context) => {
    if (!(await isRefused(csrf, response, context))) return false
    const use = wantedFor(request, credential, context)
    const sent = carrier.headers.get(csrf.header) ?? undefined
    // Another request, tab or answer may have brought a new one. If none is to be had, the refusal is the caller's.
    if (tokenIn(csrf, use) === sent) await renew(use, request.signal).catch(() => {})
    const token = tokenIn(csrf, use)
    return token !== undefined && token !== sent
  }
  return {
    ...placement,
    needs: needsOf(csrf),
    attach(request, credential, context) {
      if (!isUnsafe(request)) return placement.attach(request, credential, context)
      const first = context?.isResend ? context.first : undefined
      const isCallers = first ? callers.has(first) : request.headers.has(csrf.header)
      if (!isCallers) return withToken(request, credential, context)
      callers.add(first ?? request)
      return placement.attach(request, credential, context)
    },
    exposes: (request) => request.headers.has(csrf.header) || (exposes?.(request) ?? true),
    review(exchange, context) {
      const { request, response, isResent } = exchange
      csrf.see?.(response)
      const mayBeRefused = response.status >= 400 && isUnsafe(request)
      return mayBeRefused && !isResent && !callers.has(request) && reviewed(exchange, context)
    },
  }
}

/** Whether the method is none of the safe ones (RFC 9110 s. 9.2.1). */
function isUnsafe({ method }: Request): boolean {
  return !/^(GET|HEAD|OPTIONS|TRACE)$/.test(method)
}

/**
 * What is the same for all that ask in one go, and comes when the last of them has asked: what is read then is as new as
 * what each would have read itself.
 */
function createMoments(): () => Promise<object> {
  let next: Promise<object> | undefined
  return () => {
    next ??= Promise.resolve().then(() => {
      next = undefined
      return {}
    })
    return next
  }
}

/** One question for all that wait in one session, in its time; a caller's abort ends its own waiting. */
function createRenew(csrf: Csrf): (use: CsrfUse, signal: AbortSignal) => Promise<void> {
  const running = new Map<number | undefined, Promise<void>>()
  return (use, signal) => {
    const session = sessionOf(use)
    const asked = async () => csrf.renew?.(use)
    const renewal =
      running.get(session) ?? inTime(use.timeoutSeconds, asked).finally(() => running.delete(session))
    running.set(session, renewal)
    return unlessAborted(renewal.catch(unavailable), signal)
  }
}

/** Of an answer that may be a refusal: the body is the caller's, so a copy is looked at. What fails or does not end has said nothing. */
async function isRefused(
  csrf: Csrf,
  response: Response,
  { timeoutSeconds }: AttachContext,
): Promise<boolean> {
  const copy = response.clone()
  try {
    return await inTime(Math.min(timeoutSeconds, PATIENCE_SECONDS), async () => csrf.isRefusal(copy))
  } catch {
    return false
  } finally {
    copy.body?.cancel().catch(() => {})
  }
}

const PATIENCE_SECONDS = 2

/** As it would be sent: what a header's value can't hold (Fetch s. 2.2.2), or can't be decoded, is none. */
function tokenIn(csrf: Csrf, use: CsrfUse, moment?: object): string | undefined {
  try {
    const token = csrf.read(use, moment)?.trim()
    return token && /^[\t -~\x80-\xff]+$/.test(token) ? token : undefined
  } catch {
    return undefined
  }
}

/** Which session it is, as far as it matters to a token: a sign-in begins another one. */
export function sessionOf({ credential }: CsrfUse): number | undefined {
  return credential?.line ?? credential?.generation
}

function needsOf({ header, cookie, url, see }: Csrf): Needs {
  const endpoints = url ? [url] : []
  return { headers: [header], csrfCookie: cookie, csrfResponseHeader: see && header, endpoints }
}

function wantedFor(
  { url }: Request,
  credential: CredentialRecord | undefined,
  context: AttachContext = ALONE,
): CsrfUse {
  return {
    ...context,
    credential,
    get origin() {
      return new URL(url).origin
    },
  }
}

/** Outside of a pipeline there is nobody to ask. */
const ALONE: AttachContext = { ask: async () => unavailable(), timeoutSeconds: 1, tell() {} }

function unavailable(cause?: unknown): never {
  throw cause instanceof LatchkeyError ? cause : new LatchkeyError('ERR_CSRF_UNAVAILABLE', { cause })
}
