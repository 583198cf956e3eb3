import { setTimeout as sleep } from 'node:timers/promises'
import type { RequestHandler, Response } from 'express'
import type { Control, Fault } from './control.js'
import { type Records, type RefreshCall, shortHash } from './records.js'
import type { Answer, Redeem } from './redeem.js'

export interface Endpoint {
  readonly control: Control
  readonly records: Records
  readonly redeem: Redeem
}

/** What differs between the token endpoint and the one of the cookie session. */
export interface Manner {
  formOf(request: Parameters<RequestHandler>[0]): URLSearchParams
  send(response: Response, answer: Answer): void
}

type Instead = (response: Response, retryAfter: string) => void

const html = '<!doctype html><title>A login page</title>'

/** The faults in which the provider is never asked. */
const instead: Partial<Record<Fault, Instead>> = {
  503: (response) => response.status(503).json({ error: 'temporarily_unavailable' }),
  429: (response, after) => response.status(429).set('Retry-After', after).json({ error: 'slow_down' }),
  html: (response) => response.status(200).type('html').send(html),
  hang: () => undefined,
}

function begin(records: Records, form: URLSearchParams): RefreshCall {
  const token = form.get('refresh_token')
  const hash = token ? shortHash(token) : undefined
  const call = { at: Date.now(), status: undefined, error: undefined, token: hash }
  records.refreshCalls.push(call)
  return call
}

function errorOf(answer: Answer | undefined): string | undefined {
  const error = answer?.body.error
  return typeof error === 'string' ? error : undefined
}

/**
 * Chromium and Firefox send a POST again by themselves when a connection that was open before ends without
 * a word, although RFC 9110 s. 9.2.2 forbids it: the token would be used twice behind the page's back. After
 * an interim response they don't, and the page sees its call fail: by a reset, since Chromium takes a plain end
 * there for an empty answer of status 200.
 */
function drop({ socket }: Response): void {
  socket?.write('HTTP/1.1 102 Processing\r\n\r\n', () => socket.resetAndDestroy())
}

/** An endpoint that redeems refresh tokens, records each call, and goes wrong as told. */
export function refreshEndpoint({ control, records, redeem }: Endpoint, manner: Manner): RequestHandler {
  return async (request, response) => {
    const form = manner.formOf(request)
    const call = begin(records, form)
    const fault = control.take()
    const { delayMs, delayAfter, retryAfter } = control.settings
    if (!delayAfter) await sleep(delayMs)
    const answer = instead[fault] ? undefined : await redeem(form, request.get('DPoP'))
    if (delayAfter) await sleep(delayMs)
    call.error = errorOf(answer)
    if (fault === 'drop-after-rotation') drop(response)
    else if (answer) manner.send(response, answer)
    else instead[fault]?.(response, String(retryAfter))
    if (response.headersSent) call.status = response.statusCode
  }
}

function send(response: Response, { status, body, nonce }: Answer): void {
  if (nonce !== undefined) response.set('DPoP-Nonce', nonce)
  response.status(status).json(body)
}

/** The token endpoint of RFC 6749 s. 6; a code (s. 4.1.3) is redeemed at once, and is no refresh call. */
export function tokenEndpoint(endpoint: Endpoint): RequestHandler {
  const formOf: Manner['formOf'] = ({ body }) => new URLSearchParams(body)
  const refresh = refreshEndpoint(endpoint, { formOf, send })
  return async (request, response, next) => {
    const form = formOf(request)
    if (form.get('grant_type') === 'refresh_token') await refresh(request, response, next)
    else send(response, await endpoint.redeem(form, request.get('DPoP')))
  }
}
