import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Request, RequestHandler, Response } from 'express'
import type { Control } from './control.js'
import { cookieOf } from './cookies.js'
import { type ApiCall, type Records, shortHash } from './records.js'
import type { Holder, Verify } from './verify.js'

function tokenOf(request: Request): string | undefined {
  const [, bearer] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? []
  return bearer ?? cookieOf(request, 'access')
}

function begin(records: Records, request: Request, accessToken: string | undefined): ApiCall {
  const { method, originalUrl: path, headers } = request
  const token = accessToken === undefined ? undefined : shortHash(accessToken)
  const csrf = request.get('X-XSRF-TOKEN')
  const asked = { at: Date.now(), method, path, contentType: headers['content-type'], token, csrf }
  const call = { ...asked, sub: undefined, expired: false, status: undefined, bodySha256: '' }
  records.apiCalls.push(call)
  return call
}

async function hashOf(request: Request): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of request) hash.update(chunk)
  return hash.digest('hex')
}

function reply(response: Response, holder: Holder | undefined, call: ApiCall): void {
  call.status = holder ? 200 : 401
  if (holder) return void response.json({ sub: holder.sub, token: call.token })
  response.status(401).set('WWW-Authenticate', 'Bearer error="invalid_token"')
  response.json({ error: 'invalid_token' })
}

/** An event that says who is there, and silence. */
function stream(response: Response, { sub }: Holder): void {
  response.setHeader('Content-Type', 'text/event-stream')
  response.write(`retry: 100\nid: ${Date.now()}\ndata: ${sub}\n\n`)
}

/** A resource server (RFC 6750): a token is judged when its request comes in, the answer may come later. */
export function api(control: Control, records: Records, verify: Verify): RequestHandler {
  return async (request, response) => {
    const token = tokenOf(request)
    const call = begin(records, request, token)
    const holder = token === undefined ? undefined : await verify(token)
    call.sub = holder?.sub
    call.expired = holder?.expired === true
    const { apiAlways401, apiDelayMs } = control.settings
    call.bodySha256 = await hashOf(request)
    await sleep(Number(request.query.delay ?? apiDelayMs))
    const isGood = holder && !apiAlways401 && !call.expired
    if (isGood && request.query.stream !== undefined) return stream(response, holder)
    reply(response, isGood ? holder : undefined, call)
  }
}
