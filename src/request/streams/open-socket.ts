import type { Fail } from '../../errors.js'
import { must, own, type WithDefaults, withDefaults } from '../../options.js'
import type { CredentialRecord } from '../../types.js'
import { unlessAborted } from '../../unless-aborted.js'
import type { Origins } from '../origins.js'
import { resolved } from '../resolved.js'
import type { WebSocketOptions } from '../web-socket.js'

export interface Opening {
  session: {
    current(): CredentialRecord | undefined
    credential(signal: AbortSignal): Promise<CredentialRecord | undefined>
  }
  origins: Origins
  /** Ends with the session of who is signed in when it was asked for. */
  presence: AbortSignal
  send: typeof globalThis.fetch
  refreshTimeoutSeconds: number
  fail: Fail
}

/** Checks where it goes, asks for the ticket, opens the socket, and hands the ticket in. */
export async function openSocket(
  asked: string | URL,
  options: WebSocketOptions,
  opening: Opening,
): Promise<WebSocket> {
  const given = withDefaults('webSocket', options, DEFAULTS)
  check(given)
  const { as, parameter, protocols } = given
  const url = target(asked, opening)
  const ticket = await ticketOf(given, opening)
  if (as === 'query') append(url, parameter, ticket)
  const socket = new WebSocket(url, as === 'protocol' ? [...protocols, ticket] : [...protocols])
  await opened(socket, opening)
  if (as === 'message') socket.send(ticket)
  return socket
}

/** Not by searchParams, which would write the app's own parameters anew, and not always the same. */
function append(url: URL, parameter: string, ticket: string): void {
  const added = `${encodeURIComponent(parameter)}=${encodeURIComponent(ticket)}`
  url.search += url.search ? `&${added}` : added
}

const DEFAULTS = { ticket: undefined, as: 'message', parameter: 'ticket', protocols: [] as readonly string[] }

type Given = WithDefaults<WebSocketOptions, typeof DEFAULTS>

function check({ ticket, as, parameter, protocols }: Given): void {
  must('ticket', typeof ticket === 'function', 'be a function')
  must('as', /^(message|protocol|query)$/.test(as), "be 'message', 'protocol' or 'query'")
  must('parameter', parameter, "be the parameter's name")
  const areTokens = Array.isArray(protocols) && protocols.every(isToken)
  must('protocols', areTokens && new Set(protocols).size === protocols.length, 'be a list of subprotocols')
}

/** RFC 9110 s. 5.6.2, as RFC 6455 s. 4.1 asks of a subprotocol's name. */
function isToken(text: unknown): boolean {
  return typeof text === 'string' && /^[\w!#$%&'*+.^`|~-]+$/.test(text)
}

function target(asked: string | URL, { origins, fail }: Opening): URL {
  const url = resolved(asked)
  const isSocket = /^(ws|http)s?:$/.test(url.protocol) && !url.href.includes('#')
  must('url', isSocket, 'be a ws, wss, http or https URL without a fragment')
  url.protocol = url.protocol.replace('http', 'ws')
  const place = new URL(url.href.replace('ws', 'http'))
  // The browser takes them to the same origin.
  place.username = place.password = ''
  if (!origins.allows(place.href)) throw fail('ERR_FOREIGN_ORIGIN')
  return url
}

function ticketOf({ ticket, as, protocols }: Given, opening: Opening): Promise<string> {
  const { session, send } = opening
  return inTime(opening, async (signal) => {
    const before = await session.credential(signal)
    const got: unknown = await ticket({ fetch: send, signal })
    must('ticket', typeof got === 'string' && got, 'resolve to text')
    const secrets = [before, session.current()].flatMap((one) => [one?.access_token, one?.refresh_token])
    const isCredential = secrets.some((secret) => secret && got.includes(secret))
    must('ticket', !isCredential, 'be of no other use: have the server make one, and send it no token')
    const isFit = as !== 'protocol' || (isToken(got) && !protocols.includes(got))
    must('ticket', isFit, "be a token (RFC 9110 s. 5.6.2) and none of the protocols, or go as 'message'")
    return got
  })
}

/** Resolves when it is open, and closes it when the session ends, then or later. */
function opened(socket: WebSocket, opening: Opening): Promise<unknown> {
  const { presence, fail } = opening
  const closed = new AbortController()
  presence.addEventListener('abort', () => socket.close(UNAUTHORIZED), own({ signal: closed.signal }))
  const opens = inTime(opening, () => {
    return new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve)
      const lost = ({ code }: CloseEvent) => {
        closed.abort()
        reject(fail('ERR_CONNECTION_FAILED', new Error(`The socket was closed with ${code}`)))
      }
      socket.addEventListener('close', lost)
    })
  })
  return opens.catch((error: unknown) => {
    socket.close()
    throw error
  })
}

/** In IANA's WebSocket Close Code Number Registry. */
const UNAUTHORIZED = 3000

/** What comes within its time, and the session's. */
async function inTime<R>(opening: Opening, act: (signal: AbortSignal) => Promise<R>): Promise<R> {
  const { presence, refreshTimeoutSeconds, fail } = opening
  const limit = AbortSignal.timeout(refreshTimeoutSeconds * 1000)
  const signal = AbortSignal.any([presence, limit])
  return unlessAborted(act(signal), signal).catch((error: unknown) => {
    throw limit.aborted && error === limit.reason ? fail('ERR_CONNECTION_FAILED', error) : error
  })
}
