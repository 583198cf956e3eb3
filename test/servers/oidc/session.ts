import { type CookieOptions, type RequestHandler, type Response, Router } from 'express'
import { cookieOf } from './cookies.js'
import { type Answer, refreshForm } from './redeem.js'
import { type Endpoint, refreshEndpoint } from './refresh.js'
import { type SignIn, subOf } from './sign-in.js'

const access: CookieOptions = { httpOnly: true, sameSite: 'strict', path: '/' }
const refresh: CookieOptions = { httpOnly: true, sameSite: 'strict', path: '/session' }

/** Puts tokens where no script can read them; the page only hears how long they live. */
function setCookies(response: Response, { access_token, refresh_token, expires_in }: Answer['body']): void {
  response.cookie('access', access_token, access).cookie('refresh', refresh_token, refresh)
  response.json({ expires_in })
}

function send(response: Response, { status, body }: Answer): void {
  if (status === 200) setCookies(response, body)
  else {
    response.clearCookie('access', access).clearCookie('refresh', refresh)
    response.status(401).json({ error: body.error })
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
