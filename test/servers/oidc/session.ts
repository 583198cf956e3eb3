import { type CookieOptions, type RequestHandler, type Response, Router } from 'express'
import { decodeJwt } from 'jose'
import { cookieOf } from './cookies.js'
import { type Answer, refreshForm } from './redeem.js'
import { type Endpoint, refreshEndpoint } from './refresh.js'
import { type SignIn, subOf } from './sign-in.js'

const access: CookieOptions = { httpOnly: true, sameSite: 'strict', path: '/' }
const uid: CookieOptions = { sameSite: 'strict', path: '/' }
const refresh: CookieOptions = { httpOnly: true, sameSite: 'strict', path: '/session' }

function clear(response: Response): void {
  response.clearCookie('access', access).clearCookie('refresh', refresh).clearCookie('uid', uid)
}

/**
 * Takes away, with the first page, what an earlier server has left: cookies know no ports (RFC 6265 s. 8.5).
 */
export function withoutCookies(): RequestHandler {
  let isFirst = true
  return (_request, response, next) => {
    if (isFirst) clear(response)
    isFirst = false
    next()
  }
}

/** Says in a cookie that script can read whose tokens these are. */
function setUid(response: Response, { access_token }: Answer['body']): void {
  const token = String(access_token)
  if (token.includes('.')) response.cookie('uid', decodeJwt(token).sub, uid)
}

/** Puts tokens where no script can read them; the page only hears how long they live. */
function setCookies(response: Response, body: Answer['body']): void {
  const { access_token, refresh_token, expires_in } = body
  response.cookie('access', access_token, access).cookie('refresh', refresh_token, refresh)
  setUid(response, body)
  response.json({ expires_in })
}

function send(response: Response, { status, body }: Answer): void {
  if (status === 200) setCookies(response, body)
  else {
    clear(response)
    response.status(401).json({ error: body.error })
  }
}

/** The tokens themselves, for a page that keeps them. */
export function signInByScript(signIn: SignIn): RequestHandler {
  return async (request, response) => {
    const tokens = await signIn(subOf(request))
    setUid(response, tokens)
    response.json(tokens)
  }
}

/** A session in HttpOnly cookies, on the same rotating grants: a cookie's second use ends the session. */
export function session(endpoint: Endpoint, signIn: SignIn): Router {
  const begin: RequestHandler = async (request, response) =>
    setCookies(response, await signIn(subOf(request)))
  const renew = refreshEndpoint(endpoint, {
    formOf: (request) => refreshForm(cookieOf(request, 'refresh') ?? ''),
    send,
  })
  return Router().post('/signin', begin).post('/refresh', renew)
}
