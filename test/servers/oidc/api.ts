import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Request, RequestHandler, Response } from 'express'
import type { Control, Settings } from './control.js'
import { cookieOf } from './cookies.js'
import type { Judge } from './proof.js'
import { type ApiCall, type Records, shortHash } from './records.js'
import type { Verify } from './verify.js'

function presented(request: Request) {
  const [, scheme = 'Bearer', token] = /^(Bearer|DPoP) (.+)$/.exec(request.headers.authorization ?? '') ?? []
  return { scheme, token: token ?? cookieOf(request, 'access') }
}

function begin(records: Records, request: Request, accessToken: string | undefined): ApiCall {
  const { method, originalUrl: path, headers } = request
  const token = accessToken === undefined ? undefined : shortHash(accessToken)
  const csrf = request.get('X-XSRF-TOKEN')
  const asked = { at: Date.now(), method, path, contentType: headers['content-type'], token, csrf }
  const unknown = { sub: undefined, refusal: undefined, status: undefined }
  const call = { ...asked, ...unknown, expired: false, bodySha256: '' }
  records.apiCalls.push(call)
  return call
}

async function hashOf(request: Request): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of request) hash.update(chunk)
  return hash.digest('hex')
}

function reply(
  response: Response,
  scheme: string,
  call: ApiCall,
  { apiNonce, apiHidesDate }: Settings,
): void {
  const { sub, token, refusal: error } = call
  if (apiNonce !== null) response.set('DPoP-Nonce', apiNonce)
  if (apiHidesDate) response.sendDate = false
  call.status = error ? 401 : 200
  if (error) response.status(401).set('WWW-Authenticate', `${scheme} error="${error}"`)
  response.json(error ? { error } : { sub, token })
}

/** Whose token it is, whether it may still be used, and whether by whoever has sent it. */
async function judged(call: ApiCall, request: Request, verify: Verify, judge: Judge): Promise<void> {
  const { scheme, token } = presented(request)
  const holder = token === undefined ? undefined : await verify(token)
  call.sub = holder?.sub
  call.expired = holder?.expired === true
  const isBound = holder?.jkt !== undefined
  if (!token || !holder || call.expired || isBound !== (scheme === 'DPoP')) call.refusal = 'invalid_token'
  else if (isBound) call.refusal = await judge(request, token, holder)
}

/** An event that says who is there, and silence. */
function stream(response: Response, { sub }: Pick<ApiCall, 'sub'>): void {
  response.setHeader('Content-Type', 'text/event-stream')
  response.write(`retry: 100\nid: ${Date.now()}\ndata: ${sub}\n\n`)
}

/** A resource server (RFC 6750): a token is judged when its request comes in, the answer may come later. */
export function api(control: Control, records: Records, verify: Verify, judge: Judge): RequestHandler {
  return async (request, response) => {
    const { scheme, token } = presented(request)
    const call = begin(records, request, token)
    await judged(call, request, verify, judge)
    const { apiAlways401, apiDelayMs } = control.settings
    if (apiAlways401) call.refusal ??= 'invalid_token'
    call.bodySha256 = await hashOf(request)
    await sleep(Number(request.query.delay ?? apiDelayMs))
    if (!call.refusal && request.query.stream !== undefined) return stream(response, call)
    reply(response, scheme, call, control.settings)
  }
}
